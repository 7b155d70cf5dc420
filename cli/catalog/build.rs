//! Compiles the crate again when a template is added or removed.

fn main() {
    println!("cargo::rerun-if-changed=../../templates");
}
