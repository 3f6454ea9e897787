"""One small module per page: the page's transient state, what it sends, and the Screen value it shows."""
