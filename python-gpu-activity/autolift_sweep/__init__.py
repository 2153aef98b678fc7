"""Samplers of sweeps: a question on the input, one place of the space on the output, nothing remembered."""
