"""Chinese numerals of ordinals, as labels write them."""

_DIGITS = "〇一二三四五六七八九"
_LIMIT = 1000


def chinese(number: int) -> str:
    """1 to 999 as it is spoken: 14 十四, 126 一百二十六, 105 一百零五; digits for what lies outside."""
    if not 0 < number < _LIMIT:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{_DIGITS[hundreds]}百" if hundreds else ""
    filler = "零" if hundreds and not tens and ones else ""
    ten = "" if not tens else "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return head + filler + ten + (_DIGITS[ones] if ones else "")
