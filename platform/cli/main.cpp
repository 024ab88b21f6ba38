#include "platform/cli/cli.hpp"

int main(int argc, char** argv) {
    return debrief::platform::cli::run_program(argc, argv);
}
