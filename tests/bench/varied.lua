-- Each request asks the same by a text of its own: a number in a comment at the query's end.
local number = 0

request = function()
  number = number + 1
  return wrk.format("GET", wrk.path .. "%0A%23" .. number)
end
