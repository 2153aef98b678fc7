"""The device worker: runs and measures candidates on the devices of one host."""
