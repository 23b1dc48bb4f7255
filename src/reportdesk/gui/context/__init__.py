"""What every controller of the window may touch: the open report, messages, the worker, preferences."""
