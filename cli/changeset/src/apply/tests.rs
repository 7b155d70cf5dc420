use std::collections::BTreeMap;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.txt"), "one\ntwo\n").unwrap();
    fs::write(folder.path().join("old.txt"), "old\n").unwrap();
    folder
}

fn changes(root: &Path) -> ChangeSet {
    let mut set = ChangeSet::new(root);
    set.modify("a.txt", "one\ntwo\n", "one\nthree\n").unwrap();
    set.create("deep/er/new.txt", "new\n", FileMode::Regular)
        .unwrap();
    set.create("secret", "x", FileMode::Private).unwrap();
    set.remove("old.txt", "old\n").unwrap();
    set
}

fn tree(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let key = path.strip_prefix(root).unwrap().to_owned();
            if path.is_dir() {
                files.insert(key, "folder".into());
                folders.push(path);
            } else {
                files.insert(key, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

#[test]
fn writes_everything_and_leaves_nothing_else() {
    let folder = folder();
    let _applied = changes(folder.path()).apply().unwrap();
    let names: Vec<_> = tree(folder.path()).into_keys().collect();
    let expected = ["a.txt", "deep", "deep/er", "deep/er/new.txt", "secret"];
    assert_eq!(names, expected.map(PathBuf::from));
    let mode = fs::metadata(folder.path().join("secret"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn undo_gives_the_first_state_back() {
    let folder = folder();
    let before = tree(folder.path());
    changes(folder.path()).apply().unwrap().undo().unwrap();
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_failure_at_any_file_takes_everything_back() {
    for failing in ["a.txt", "deep/er/new.txt", "old.txt", "secret"] {
        let folder = folder();
        let before = tree(folder.path());
        let error = changes(folder.path())
            .apply_observed(&mut |path| {
                if path == Path::new(failing) {
                    Err(ChangeError::Missing(path.to_owned()))
                } else {
                    Ok(())
                }
            })
            .unwrap_err();
        assert!(matches!(error, ChangeError::Missing(_)), "{error}");
        assert_eq!(tree(folder.path()), before, "failing at {failing}");
    }
}

/// Does what `apply` does until the given number of files is replaced, as if killed then.
fn killed_after(set: &ChangeSet, replaced: usize) {
    let journal = Journal::of(set);
    fs::create_dir_all(set.root()).unwrap();
    journal.write(set.root()).unwrap();
    for folder in &journal.folders {
        fs::create_dir_all(set.root().join(folder)).unwrap();
    }
    for (entry, (_, change)) in journal.entries.iter().zip(set.iter()) {
        stage(set.root(), entry, change).unwrap();
    }
    for entry in journal.entries.iter().take(replaced) {
        replace(set.root(), entry).unwrap();
    }
}

#[test]
fn a_killed_change_is_taken_back_by_the_next_run() {
    for replaced in 0..=4 {
        let folder = folder();
        let before = tree(folder.path());
        killed_after(&changes(folder.path()), replaced);
        assert_eq!(
            recover(folder.path()).unwrap(),
            Recovery::TakenBack(replaced)
        );
        assert_eq!(tree(folder.path()), before, "killed after {replaced}");
        assert_eq!(recover(folder.path()).unwrap(), Recovery::Nothing);
    }
}

#[test]
fn applying_again_after_a_kill_works() {
    let folder = folder();
    killed_after(&changes(folder.path()), 2);
    let _applied = changes(folder.path()).apply().unwrap();
    let names: Vec<_> = tree(folder.path()).into_keys().collect();
    assert!(names.contains(&PathBuf::from("deep/er/new.txt")));
    assert!(!names.contains(&PathBuf::from("old.txt")));
}

#[test]
fn what_the_user_wrote_after_a_kill_stays() {
    let folder = folder();
    killed_after(&changes(folder.path()), 4);
    fs::write(folder.path().join("deep/er/new.txt"), "mine\n").unwrap();
    recover(folder.path()).unwrap();
    let kept = fs::read_to_string(folder.path().join("deep/er/new.txt")).unwrap();
    assert_eq!(kept, "mine\n");
    assert!(folder.path().join("old.txt").exists());
}

#[test]
fn a_new_root_disappears_with_a_failed_change() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("fresh");
    let mut set = ChangeSet::new(&root);
    set.create("x/y", "z", FileMode::Regular).unwrap();
    set.apply_observed(&mut |path| Err(ChangeError::Missing(path.to_owned())))
        .unwrap_err();
    assert!(!root.exists());
    let _applied = set.apply().unwrap();
    assert_eq!(fs::read_to_string(root.join("x/y")).unwrap(), "z");
}

#[test]
fn a_root_in_use_is_refused() {
    let folder = folder();
    let _held = lock(folder.path()).unwrap();
    let error = changes(folder.path()).apply().unwrap_err();
    assert!(matches!(error, ChangeError::Busy(_)), "{error}");
}

#[test]
fn a_broken_journal_is_named_and_stops_the_change() {
    let folder = folder();
    fs::create_dir_all(folder.path().join(".devkit/run/changes")).unwrap();
    fs::write(Journal::file(folder.path()), "{").unwrap();
    let error = changes(folder.path()).apply().unwrap_err();
    assert!(error.to_string().contains("journal.json"), "{error}");
    assert_eq!(
        fs::read_to_string(folder.path().join("a.txt")).unwrap(),
        "one\ntwo\n"
    );
}
