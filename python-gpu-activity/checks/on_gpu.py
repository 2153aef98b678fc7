"""Run as a candidate: uses the GPU through the driver alone, as PyTorch may not be installed.

`count` tells how many GPUs it sees and the first one's UUID, `hold <bytes> <seconds>` holds memory,
`take <bytes>` tries to.
"""

import ctypes
import sys
import time
import uuid


def main() -> None:
    what, *numbers = sys.argv[1:]
    cuda = ctypes.CDLL("libcuda.so.1")
    call(cuda, "cuInit", 0)
    count, device = ctypes.c_int(), ctypes.c_int()
    call(cuda, "cuDeviceGetCount", ctypes.byref(count))
    print(f"METRIC:value={count.value}")
    call(cuda, "cuDeviceGet", ctypes.byref(device), 0)
    raw = (ctypes.c_ubyte * 16)()
    call(cuda, "cuDeviceGetUuid_v2", ctypes.byref(raw), device)
    print(f"uuid {uuid.UUID(bytes=bytes(raw))}")
    if what == "count":
        return
    context, pointer, size = ctypes.c_void_p(), ctypes.c_uint64(), ctypes.c_size_t(int(numbers[0]))
    call(cuda, "cuDevicePrimaryCtxRetain", ctypes.byref(context), device)
    call(cuda, "cuCtxSetCurrent", context)
    call(cuda, "cuMemAlloc_v2", ctypes.byref(pointer), size)
    call(cuda, "cuMemsetD8_v2", pointer, ctypes.c_ubyte(1), size)
    call(cuda, "cuCtxSynchronize")
    print("holding", flush=True)
    time.sleep(float(numbers[1]) if what == "hold" else 0)


def call(cuda: ctypes.CDLL, name: str, *arguments: object) -> None:
    code = getattr(cuda, name)(*arguments)
    if code != 0:
        said = ctypes.c_char_p()
        cuda.cuGetErrorName(code, ctypes.byref(said))
        sys.exit(f"{name}: {(said.value or b'?').decode()}")


if __name__ == "__main__":
    main()
