"""A hybrid sort in plain Python: quick, merge or shell sort, with insertion sort for what is short."""

METHOD = "shell"  # choices: quick | merge | shell
PARTITION = "swap"  # choices: swap | split
PIVOT = "middle"  # choices: middle | median | late
INSERTION_CUTOFF = 80  # range: 1..200
SHELL_FACTOR = 5.0  # range: 1.3..8
LOOK_FOR_ORDER = False  # choices: True | False


def sort(values: list[int]) -> list[int]:
    if LOOK_FOR_ORDER and is_rising(values):
        return values
    if METHOD == "merge":
        return merge_sort(values)
    if METHOD == "shell":
        return shell_sort(values)
    return quick_split(values) if PARTITION == "split" else quick_swap(values)


def is_rising(values: list[int]) -> bool:
    return all(map(lambda a, b: a <= b, values, values[1:]))


def insertion_sort(values: list[int], low: int, high: int) -> None:
    """Sorts values[low:high] in place."""
    for i in range(low + 1, high):
        value = values[i]
        j = i
        while j > low and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value


def shell_sort(values: list[int]) -> list[int]:
    gap = int(len(values) / SHELL_FACTOR)
    while gap > 1:
        for i in range(gap, len(values)):
            value = values[i]
            j = i
            while j >= gap and values[j - gap] > value:
                values[j] = values[j - gap]
                j -= gap
            values[j] = value
        gap = int(gap / SHELL_FACTOR)
    insertion_sort(values, 0, len(values))
    return values


def merge_sort(values: list[int]) -> list[int]:
    if len(values) <= INSERTION_CUTOFF:
        insertion_sort(values, 0, len(values))
        return values
    half = len(values) // 2
    left, right = merge_sort(values[:half]), merge_sort(values[half:])
    if left[-1] <= right[0]:
        return left + right
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


def choose_pivot(values: list[int], low: int, high: int) -> int:
    """A value of values[low:high] to divide it by."""
    middle = (low + high - 1) // 2
    if PIVOT == "median":
        a, b, c = values[low], values[middle], values[high - 1]
        return max(min(a, b), min(max(a, b), c))
    return values[middle] if PIVOT == "middle" else values[low + (high - low) * 3 // 4]


def quick_split(values: list[int]) -> list[int]:
    if len(values) <= INSERTION_CUTOFF:
        insertion_sort(values, 0, len(values))
        return values
    pivot = choose_pivot(values, 0, len(values))
    below = [v for v in values if v < pivot]
    equal = [v for v in values if v == pivot]
    above = [v for v in values if v > pivot]
    return quick_split(below) + equal + quick_split(above)


def quick_swap(values: list[int]) -> list[int]:
    pending = [(0, len(values))]
    while pending:
        low, high = pending.pop()
        if high - low <= INSERTION_CUTOFF:
            insertion_sort(values, low, high)
            continue
        pivot = choose_pivot(values, low, high)
        i, j = low, high - 1
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        pending.append((low, j + 1))
        pending.append((i, high))
    return values
