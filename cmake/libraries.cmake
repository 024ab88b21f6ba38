# Every library that we use but did not write, found in one place.
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB 1.2 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(edit REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
