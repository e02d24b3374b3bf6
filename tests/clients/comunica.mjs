// node comunica.mjs QUERY SOURCE...: rows as JSON. A source may say its type before an @ (sparql@http://…).
import { QueryEngine } from "@comunica/query-sparql";

const [query, ...sources] = process.argv.slice(2);
const told = sources.map((source) => {
  const [type, value] = source.includes("@") ? source.split("@") : [undefined, source];
  return type ? { type, value } : { value };
});
const rows = await (await new QueryEngine().queryBindings(query, { sources: told })).toArray();
const plain = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term.value])));
process.stdout.write(JSON.stringify(plain));
