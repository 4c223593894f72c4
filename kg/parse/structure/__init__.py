"""From numbers to sections and tasks."""
