"""What can go wrong that is not the candidate's fault. A bad candidate is a report, never one of these."""


class Stopped(Exception):
    """The run was cancelled, or this worker is going down."""


class InfrastructureFailure(Exception):
    """Something of ours is broken: worth another attempt, here or on another host."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class RefusedRequest(Exception):
    """No attempt on any host can succeed."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class RefusedCheckout(Exception):
    """The commit holds something that must not be written to a disk: the candidate's fault."""
