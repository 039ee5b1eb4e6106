"""Progress: pictures of what was practised, and the sessions and attempts behind them."""
