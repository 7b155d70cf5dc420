use std::fs;

use devkit_scaffold::environment::{Data, missing_files};

use crate::support::{read, starter};

#[test]
fn missing_files_are_made_and_existing_ones_stay() {
    let folder = starter();
    let root = folder.path();
    assert!(missing_files(root, Data::Present).unwrap().is_empty());
    let first = read(root, "config/.env");
    fs::remove_file(root.join("config/.env")).unwrap();
    let _applied = missing_files(root, Data::Absent).unwrap().apply().unwrap();
    let second = read(root, "config/.env");
    assert_ne!(first, second);
    let password = |text: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with("POSTGRES_PASSWORD="))
            .unwrap();
        line["POSTGRES_PASSWORD=".len()..].to_owned()
    };
    assert_eq!(password(&second).len(), 32);
    let url = second
        .lines()
        .find(|line| line.starts_with("DATABASE_URL="))
        .unwrap();
    assert!(
        url.contains(&format!(":{}@postgres:5432/", password(&second))),
        "{url}"
    );
}

#[test]
fn new_secrets_for_old_data_are_refused_with_both_ways_out() {
    let folder = starter();
    fs::remove_file(folder.path().join("config/.env")).unwrap();
    let error = missing_files(folder.path(), Data::Present).unwrap_err();
    assert_eq!(
        error.message,
        "`config/.env` is missing while the platform's data exists"
    );
    assert_eq!(error.help.len(), 2);
    assert!(!folder.path().join("config/.env").exists());
}
