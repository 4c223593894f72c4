"""Knowledge graphs of who is responsible for what in Chinese government work plans."""
