//! What a user of a change set can see: refusals and diffs.

use std::fs;

use devkit_changeset::{ChangeError, ChangeSet, FileMode};

#[test]
fn paths_that_leave_the_root_are_refused() {
    let mut set = ChangeSet::new("/nowhere");
    for path in [
        "",
        ".",
        "..",
        "a/../../b",
        "/etc/passwd",
        ".devkit/run/changes/journal.json",
    ] {
        let error = set.create(path, "x", FileMode::Regular).unwrap_err();
        assert!(
            matches!(error, ChangeError::InvalidPath(_)),
            "{path}: {error}"
        );
    }
    set.create("./a", "x", FileMode::Regular).unwrap();
    let error = set.create("a", "x", FileMode::Regular).unwrap_err();
    assert!(matches!(error, ChangeError::ChangedTwice(_)), "{error}");
}

#[test]
fn links_out_of_the_root_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).unwrap();
    let mut set = ChangeSet::new(folder.path());
    set.create("out/file", "x", FileMode::Regular).unwrap();
    let error = set.apply().unwrap_err();
    assert!(matches!(error, ChangeError::SymbolicLink(_)), "{error}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_not_as_planned_is_refused_and_nothing_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), "changed").unwrap();
    fs::write(folder.path().join("b"), "there").unwrap();
    let mut set = ChangeSet::new(folder.path());
    set.create("0", "x", FileMode::Regular).unwrap();
    set.modify("a", "planned", "new").unwrap();
    assert!(matches!(set.apply(), Err(ChangeError::Changed(_))));
    let mut set = ChangeSet::new(folder.path());
    set.create("0", "x", FileMode::Regular).unwrap();
    set.create("b", "x", FileMode::Regular).unwrap();
    assert!(matches!(set.apply(), Err(ChangeError::AlreadyExists(_))));
    let mut set = ChangeSet::new(folder.path());
    set.create("0", "x", FileMode::Regular).unwrap();
    set.create("b/c", "x", FileMode::Regular).unwrap();
    assert!(matches!(set.apply(), Err(ChangeError::AlreadyExists(_))));
    let mut set = ChangeSet::new(folder.path());
    set.create("0", "x", FileMode::Regular).unwrap();
    set.remove("c", "x").unwrap();
    assert!(matches!(set.apply(), Err(ChangeError::Missing(_))));
    assert!(!folder.path().join("0").exists());
    assert!(!folder.path().join(".devkit").exists());
}

#[test]
fn the_diff_names_every_file_and_hides_private_content() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), "one\n").unwrap();
    fs::write(folder.path().join("gone"), "bye\n").unwrap();
    let mut set = ChangeSet::new(folder.path());
    set.modify("a", "one\n", "one\ntwo\n").unwrap();
    set.create("b", "hello\n", FileMode::Executable).unwrap();
    set.create("secret", "password\n", FileMode::Private)
        .unwrap();
    set.remove("gone", "bye\n").unwrap();
    assert_eq!(
        set.diff(),
        "--- a/a\n+++ b/a\n@@ -1 +1,2 @@\n one\n+two\n\
         --- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+hello\n\
         --- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-bye\n\
         --- /dev/null\n+++ b/secret\n# private file: the content is not shown\n"
    );
}

#[test]
fn equal_bytes_are_no_change() {
    let mut set = ChangeSet::new("/nowhere");
    set.modify("a", "x", "x").unwrap();
    assert!(set.is_empty());
}

#[test]
fn modifying_keeps_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.sh");
    fs::write(&path, "a").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
    let mut set = ChangeSet::new(folder.path());
    set.modify("run.sh", "a", "b").unwrap();
    let applied = set.apply().unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o750
    );
    applied.undo().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "a");
}
