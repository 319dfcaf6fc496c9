//! Starts the program; everything else is in the library, where tests reach it.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    gouji::cli::main()
}
