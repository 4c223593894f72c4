"""Run by hand: speed against peers, accuracy against gold, derivation of the repair tables."""
