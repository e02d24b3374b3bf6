"""The SPARQL 1.1 Protocol: requests in, negotiated results out."""
