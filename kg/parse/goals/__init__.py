"""By when, and how much: deadlines and quantified targets."""
