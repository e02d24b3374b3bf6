"""Answers as RDF: descriptions of things, of the dataset and of the service."""
