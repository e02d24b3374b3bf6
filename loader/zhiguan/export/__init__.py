"""Export: the store as flat tables (CSV or Parquet) that R, pandas and Excel open, with a codebook made from the ontology."""

from zhiguan.export.writing import FORMATS, export

__all__ = ["FORMATS", "export"]
