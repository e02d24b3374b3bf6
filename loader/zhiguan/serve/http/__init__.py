"""What HTTP asks of every answer: addresses, content negotiation, headers."""
