"""`python -m autolift_sweep`: a question as JSON on the input, the answer on the output."""

import json
import sys


def main() -> None:
    text = sys.stdin.read()
    try:
        from autolift_sweep.ask import ask
        from autolift_sweep.question import Question
    except ModuleNotFoundError as error:
        print(json.dumps({"missing": f"its Python has no {error.name}"}))
        return
    print(json.dumps({"params": ask(Question.model_validate_json(text))}))


if __name__ == "__main__":
    main()
