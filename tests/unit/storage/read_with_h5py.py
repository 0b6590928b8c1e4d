"""Our array files as Python users see them: values, labels, scales and checksums, read with h5py alone.

Usage: read_with_h5py.py WRITE_SAMPLE_ARRAYS. Exits 77 (skipped) where h5py is not installed.
"""
import hashlib
import os
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy
except ImportError:
    print("skipped: h5py is not installed (package python3-h5py)")
    sys.exit(77)


def expected(first, people):
    """tests/support/sample_array.hpp"""
    values = numpy.array(
        [[0.1 * row + person / 7 for person in range(first, first + people)] for row in range(6)])
    for person in range(first, first + people):
        if person % 2 == 1:
            values[4, person - first] = numpy.nan
    return values.reshape(2, 3, people)


def labels(dataset, axis):
    scale = dataset.dims[axis][0]
    assert h5py.check_string_dtype(scale.dtype).length is not None, "labels must have a fixed length"
    assert h5py.check_string_dtype(scale.dtype).encoding == "utf-8"
    return [text.decode() for text in scale[:]]


def check(path, first, people, dtype="<f8", tolerance=0.0):
    with h5py.File(path, "r") as file:
        dataset = file["similarity"]
        assert dataset.dtype == dtype, dataset.dtype
        numpy.testing.assert_allclose(dataset[:], expected(first, people), rtol=tolerance, atol=0)
        assert [list(dim.keys()) for dim in dataset.dims] == [["variant"], ["model"], ["person"]]
        assert labels(dataset, 0) == ["none", "Purity"]
        assert labels(dataset, 1) == ["gpt", "glm \u00e9", "\u6a21\u578b"]
        assert labels(dataset, 2) == ["%d_China" % p for p in range(first, first + people)]
        assert dataset.attrs["axes"].decode() == "variant,model,person"
        assert dataset.attrs["synthetic"].decode() == "yes"
        if not dataset.is_virtual:
            stored = dataset.attrs["sha256"].decode()
            assert hashlib.sha256(dataset[:].tobytes()).hexdigest() == stored


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        inside = lambda name: os.path.join(folder, name)
        check(inside("block-000000.h5"), 0, 4)
        check(inside("block-000001.h5"), 4, 3)
        check(inside("narrow.h5"), 0, 4, "<f4", 1e-6)
        check(inside("all.h5"), 0, 7)
        with h5py.File(inside("block-000000.h5"), "r") as file:
            assert file["moments.rq1"][:].tolist() == [[1.5, 2.5]]
        with h5py.File(inside("all.h5"), "r") as file:
            assert file["similarity"].is_virtual
            assert [part.decode() for part in file["parts"][:]] == ["block-000000.h5", "block-000001.h5"]
    print("blocks and master read with h5py", h5py.__version__)


main()
