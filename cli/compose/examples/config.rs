//! Prints the canonical JSON of a project: what the conformance measurement needs.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

fn main() {
    let mut options = devkit_compose::LoadOptions {
        working_dir: std::env::current_dir().expect("a folder"),
        environment: std::env::vars().collect(),
        ..Default::default()
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-p" => options.project_name = arguments.next(),
            "-f" => options.files.extend(arguments.next().map(Into::into)),
            "--profile" => options.profiles.extend(arguments.next()),
            "--env-file" => options.env_files.extend(arguments.next().map(Into::into)),
            "--project-directory" => options.project_directory = arguments.next().map(Into::into),
            "--no-interpolate" => options.no_interpolate = true,
            _ => {}
        }
    }
    if options.files.iter().any(|file| file.as_os_str() == "-") {
        options.standard_input = std::io::read_to_string(std::io::stdin()).ok();
    }
    match devkit_compose::load(&options) {
        Ok(project) => println!("{}", project.canonical.to_string().replace('$', "$$")),
        Err(errors) => {
            eprintln!("{errors}");
            std::process::exit(2);
        }
    }
}
