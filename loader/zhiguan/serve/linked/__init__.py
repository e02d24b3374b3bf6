"""Linked data: what stands behind each IRI."""
