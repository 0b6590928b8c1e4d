from spack_repo.builtin.build_systems.cmake import CMakePackage, generator

from spack.package import *


class Meridian(CMakePackage):
    """Whose values do language models express? An MPI-parallel batch engine that compares people's survey answers with
    language models' answers: cosine similarities, crossed mixed models, resampling, reports."""

    license("BSD-3-Clause")

    # Not to be downloaded: the environment beside this repository builds the tree that it lies in.
    version("0.1.0")

    generator("ninja")

    depends_on("c", type="build")
    depends_on("cxx", type="build")
    depends_on("cmake@3.23:", type="build")
    depends_on("mpi")
    depends_on("hdf5@1.10:+hl~mpi")
    depends_on("eigen@3.4:3")
    depends_on("boost@1.74:+program_options+math")
    depends_on("random123")
    depends_on("nlohmann-json@3.11:3")
    depends_on("simdjson@3.0:3+exceptions")
    depends_on("fmt@9:")
    depends_on("openssl")
    depends_on("gnuplot", type="run")  # figures of the report
    depends_on("catch2@2", type="test")
    depends_on("python@3", type="test")
    depends_on("py-h5py", type="test")

    requires("target=x86_64_v3:", msg="meridian is built for AVX2 and FMA")
    conflicts("%gcc@:11", msg="C++20 as g++ 12 knows it")
    conflicts("%clang@:13", msg="C++20 as clang 14 knows it")

    def cmake_args(self):
        # Digests of results hold per instruction set: the same one on every machine, whatever Spack's target is.
        return [self.define("MERIDIAN_ARCH", "x86-64-v3"), self.define("MERIDIAN_TESTS", self.run_tests)]

    @run_after("install")
    @on_package_attributes(run_tests=True)
    def check_install(self):
        self.test_selftest()

    def test_selftest(self):
        """the installed program computes what it should"""
        output = which(self.prefix.bin.meridian)("selftest", output=str.split, error=str.split)
        assert "this installation works" in output
