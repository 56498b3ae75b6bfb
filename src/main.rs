//! The program `aftercare`: everything is in the library.

fn main() -> std::process::ExitCode {
    aftercare::cli::main()
}
