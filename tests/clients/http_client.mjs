// node http_client.mjs QUERY ENDPOINT: rows as JSON, by sparql-http-client, which streams.
import SparqlClient from "sparql-http-client";

const [query, endpointUrl] = process.argv.slice(2);
const rows = [];
for await (const row of new SparqlClient({ endpointUrl }).query.select(query)) {
  rows.push(Object.fromEntries(Object.entries(row).map(([name, term]) => [name, term.value])));
}
process.stdout.write(JSON.stringify(rows));
