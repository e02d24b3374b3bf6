"""zhiguan (职官): government bodies, posts, meetings and plans from Chinese government news, as RDF."""

__version__ = "0.1.0"
