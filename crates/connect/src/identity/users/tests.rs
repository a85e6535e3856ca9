use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;
use tidegate_wire::sasl::scram::{Client, Greeting};

use super::*;

const PASSWORD: &str = "correct-horse-battery";
const OTHER: &str = "another-password-entirely";
const T0: UnixMillis = UnixMillis(1_750_000_000_000);

fn name(text: &str) -> PrincipalName {
    PrincipalName::new(text).unwrap()
}

fn with_orders() -> Users {
    let mut users = Users::empty().ok().unwrap();
    users.add(&name("orders"), &Secret::copy_of(PASSWORD), T0).unwrap();
    users
}

fn plain(users: &Users, username: &str, password: &str) -> Result<WorkloadIdentity, SaslError> {
    let candidate = users.candidate(username, Algorithm::Sha256)?;
    candidate.verify_password(&Secret::copy_of(password), T0)
}

fn scram(
    users: &Users,
    algorithm: Algorithm,
    username: &str,
    password: &str,
) -> Result<WorkloadIdentity, SaslError> {
    let (client, first) = Client::start(algorithm, username, &[1; 24])?;
    let greeting = Greeting::read(algorithm, &first)?;
    let candidate = users.candidate(greeting.username(), algorithm)?;
    let (challenged, challenge) = greeting.challenge(candidate.credential(), &[2; 24])?;
    let (_, proof) = client.prove(&challenge, &Secret::copy_of(password))?;
    challenged.finish(&proof)?;
    candidate.identity(algorithm.mechanism(), T0)
}

#[test]
fn a_user_logs_in_with_every_mechanism() {
    let users = with_orders();
    let identity = plain(&users, "orders", PASSWORD).unwrap();
    assert_eq!(identity.principal.as_str(), "orders");
    assert_eq!(identity.proof.mechanism, Mechanism::Plain);
    assert_eq!(identity.proof.credential_issued_at, Some(T0));
    for algorithm in Algorithm::ALL {
        let identity = scram(&users, algorithm, "orders", PASSWORD).unwrap();
        assert_eq!(identity.proof.mechanism, algorithm.mechanism());
    }
}

#[test]
fn everybody_else_is_refused_alike() {
    let mut users = with_orders();
    users.add(&name("payouts"), &Secret::copy_of(OTHER), T0).unwrap();
    users.set_standing("payouts", Standing::Disabled).unwrap();
    for (username, password) in [
        ("orders", OTHER),
        ("orders", ""),
        ("Orders", PASSWORD),
        ("orders ", PASSWORD),
        ("nobody", PASSWORD),
        ("payouts", OTHER),
    ] {
        assert_eq!(plain(&users, username, password), Err(SaslError::NotProven), "{username}");
        for algorithm in Algorithm::ALL {
            let refused = scram(&users, algorithm, username, password);
            assert_eq!(refused, Err(SaslError::NotProven), "{username}");
        }
    }
}

#[test]
fn an_unknown_user_has_the_same_salt_after_a_restart_and_the_cost_of_any_other() {
    let users = with_orders();
    let again = Users::parse(&users.to_text().unwrap()).ok().unwrap();
    for algorithm in Algorithm::ALL {
        let salt = |users: &Users, name: &str| {
            let credential = users.candidate(name, algorithm).ok().unwrap().credential();
            (credential.salt().to_vec(), credential.iterations())
        };
        let (nobody, iterations) = salt(&users, "nobody");
        assert_eq!(salt(&again, "nobody"), (nobody.clone(), iterations));
        assert_ne!(salt(&users, "noone").0, nobody);
        let (real, real_iterations) = salt(&users, "orders");
        assert_eq!((real.len(), real_iterations), (nobody.len(), iterations));
    }
}

#[test]
fn rotating_replaces_the_password_at_once() {
    let mut users = with_orders();
    users.rotate("orders", &Secret::copy_of(OTHER), UnixMillis(T0.0 + 5)).unwrap();
    assert_eq!(plain(&users, "orders", PASSWORD), Err(SaslError::NotProven));
    let identity = plain(&users, "orders", OTHER).unwrap();
    assert_eq!(identity.proof.credential_issued_at, Some(UnixMillis(T0.0 + 5)));
    let summary = &users.list()[0];
    assert_eq!((summary.generation, summary.created_at, summary.rotated_at), (2, T0, UnixMillis(T0.0 + 5)));
}

#[test]
fn a_disabled_user_stays_disabled_through_a_rotation_and_a_restart() {
    let mut users = with_orders();
    users.set_standing("orders", Standing::Disabled).unwrap();
    users.rotate("orders", &Secret::copy_of(OTHER), T0).unwrap();
    assert_eq!(plain(&users, "orders", OTHER), Err(SaslError::NotProven));
    let mut users = Users::parse(&users.to_text().unwrap()).ok().unwrap();
    assert_eq!(users.list()[0].standing, Standing::Disabled);
    assert_eq!(plain(&users, "orders", OTHER), Err(SaslError::NotProven));
    users.set_standing("orders", Standing::Active).unwrap();
    assert!(plain(&users, "orders", OTHER).is_ok());
}

#[test]
fn live_logins_end_with_what_they_rest_on() {
    let mut users = with_orders();
    let identity = plain(&users, "orders", PASSWORD).unwrap();
    assert_eq!(users.still_stands(&identity), Ok(()));
    users.set_standing("orders", Standing::Disabled).unwrap();
    assert_eq!(users.still_stands(&identity), Err(LoginEnded::Disabled));
    users.set_standing("orders", Standing::Active).unwrap();
    assert_eq!(users.still_stands(&identity), Ok(()));
    // Even by a clock that stands still.
    users.rotate("orders", &Secret::copy_of(PASSWORD), T0).unwrap();
    assert_eq!(users.still_stands(&identity), Err(LoginEnded::Rotated));
    users.remove("orders").unwrap();
    assert_eq!(users.still_stands(&identity), Err(LoginEnded::Removed));
}

#[test]
fn changes_that_make_no_sense_are_refused() {
    let mut users = with_orders();
    let password = Secret::copy_of(PASSWORD);
    assert_eq!(users.add(&name("orders"), &password, T0), Err(UsersError::Exists("orders".to_owned())));
    let unknown = UsersError::Unknown("nobody".to_owned());
    assert_eq!(users.rotate("nobody", &password, T0), Err(unknown.clone()));
    assert_eq!(users.set_standing("nobody", Standing::Active), Err(unknown.clone()));
    assert_eq!(users.remove("nobody"), Err(unknown));
    let long = "x".repeat(MAX_PASSWORD + 1);
    for password in ["", "short", "fifteen-bytes-x", "with\na-control-character", &long] {
        let refused = users.add(&name("new"), &Secret::copy_of(password), T0);
        assert_eq!(refused, Err(UsersError::UnacceptablePassword), "{password}");
    }
    assert_eq!(users.list().len(), 1);
}

#[test]
fn generated_passwords_are_acceptable_and_never_the_same() {
    let (one, two) = (generate_password().ok().unwrap(), generate_password().ok().unwrap());
    assert!(!one.matches(&two));
    assert_eq!(check_password(&one), Ok(()));
    assert_eq!(one.len(), 43);
}

#[test]
fn text_is_read_back_as_it_was_written() {
    let mut users = with_orders();
    users.add(&name("a\"b\\c ü"), &Secret::copy_of(OTHER), T0).unwrap();
    let text = users.to_text().unwrap();
    let again = Users::parse(&text).ok().unwrap();
    assert_eq!(again.list(), users.list());
    assert_eq!(again.to_text().unwrap().as_str(), text.as_str());
    assert!(plain(&again, "a\"b\\c ü", OTHER).is_ok());
}

#[test]
fn malformed_text_is_refused_with_its_line_and_without_its_content() {
    let users = with_orders();
    let text = users.to_text().unwrap();
    let (header, user) = text.split_once('\n').unwrap();
    let user = user.trim_end();
    let cases = [
        (String::new(), 1),
        ("{}".to_owned(), 1),
        (header.replace(":1,", ":2,"), 1),
        (header.replace("16384", "1"), 1),
        (header.replace('}', ",\"more\":1}"), 1),
        (user.to_owned(), 1),
        (format!("{header}\n\n{user}"), 2),
        (format!("{header}\n{user}\n{user}"), 3),
        (format!("{header}\n{{}}"), 2),
        (format!("{header}\n{}", user.replace("\"name\":\"orders\"", "\"name\":\"\"")), 2),
        (format!("{header}\n{}", user.replace("\"name\":", "\"name\":\"x\",\"name\":")), 2),
        (format!("{header}\n{}", user.replace("\"disabled\":false,", "")), 2),
        (format!("{header}\n{}", user.replace("\"disabled\":false", "\"disabled\":\"no\"")), 2),
        (format!("{header}\n{}", user.replace("\"disabled\"", "\"extra\":1,\"disabled\"")), 2),
        (format!("{header}\n{}", user.replace("16384", "16")), 2),
        (format!("{header}\n{}", user.replace("\"salt\":\"", "\"salt\":\"AAAA")), 2),
        (format!("{header}\n{}", user.replace("\"stored_key\":\"", "\"stored_key\":\"%")), 2),
        (format!("{header}\n{}", user.replace("\"server_key\":\"", "\"server_key\":\"A")), 2),
    ];
    for (text, line) in cases {
        let Err(error) = Users::parse(&text) else { panic!("accepted {text}") };
        assert!(matches!(error, UsersError::Malformed { line: seen, .. } if seen == line), "{text}: {error}");
        let shown = error.to_string();
        assert!(!user.split('"').any(|part| part.len() > 30 && shown.contains(part)), "{shown}");
    }
}

fn store() -> (TempDir, UserFile) {
    let folder = tempfile::tempdir().unwrap();
    let file = UserFile::new(folder.path().join("users"));
    (folder, file)
}

fn add(file: &UserFile, user: &str) -> Result<(), UsersError> {
    file.update(|users| users.add(&name(user), &Secret::copy_of(PASSWORD), T0))
}

#[test]
fn the_file_is_private_and_survives() {
    let (folder, file) = store();
    assert!(matches!(file.load(), Err(UsersError::Inaccessible { .. })));
    add(&file, "orders").unwrap();
    assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(plain(&file.load().ok().unwrap(), "orders", PASSWORD).is_ok());
    // A temporary file that a dead writer left behind is in nobody's way and gives nothing of itself.
    let leftover = folder.path().join("users.new");
    fs::write(&leftover, "garbage").unwrap();
    fs::set_permissions(&leftover, Permissions::from_mode(0o666)).unwrap();
    add(&file, "payouts").unwrap();
    assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(file.load().ok().unwrap().list().len(), 2);
    assert!(!leftover.exists());
}

#[test]
fn a_file_open_to_others_is_refused() {
    let (_folder, file) = store();
    add(&file, "orders").unwrap();
    for mode in [0o640, 0o604, 0o660, 0o620, 0o602, 0o601, 0o644] {
        fs::set_permissions(file.path(), Permissions::from_mode(mode)).unwrap();
        let open = UsersError::OpenToOthers(file.path().to_owned());
        assert_eq!(file.load().err(), Some(open.clone()), "{mode:o}");
        assert_eq!(add(&file, "payouts"), Err(open), "{mode:o}");
    }
    fs::set_permissions(file.path(), Permissions::from_mode(0o400)).unwrap();
    assert!(file.load().is_ok());
}

#[test]
fn a_failed_change_leaves_the_file_as_it_was() {
    let (folder, file) = store();
    add(&file, "orders").unwrap();
    let before = fs::read(file.path()).unwrap();
    assert!(add(&file, "orders").is_err());
    assert_eq!(fs::read(file.path()).unwrap(), before);
    fs::write(file.path(), "garbage").unwrap();
    assert!(add(&file, "payouts").is_err());
    assert_eq!(fs::read(file.path()).unwrap(), b"garbage");
    let nowhere = UserFile::new(folder.path().join("missing/users"));
    assert!(matches!(add(&nowhere, "orders"), Err(UsersError::Inaccessible { .. })));
}

#[test]
fn writers_at_the_same_time_lose_nothing() {
    let (_folder, file) = store();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let file = &file;
            scope.spawn(move || add(file, &format!("user-{writer}")).unwrap());
        }
    });
    assert_eq!(file.load().ok().unwrap().list().len(), 8);
}

#[test]
fn a_running_gateway_follows_the_file_and_keeps_the_last_good_reading() {
    let (_folder, file) = store();
    add(&file, "orders").unwrap();
    let live = LiveUsers::open(file.clone()).ok().unwrap();
    assert_eq!(live.reload(), Ok(Reloaded::Unchanged));
    let before = live.current();
    file.update(|users| users.set_standing("orders", Standing::Disabled)).unwrap();
    assert!(plain(&live.current(), "orders", PASSWORD).is_ok(), "not before it is read");
    assert_eq!(live.reload(), Ok(Reloaded::Changed));
    assert!(plain(&live.current(), "orders", PASSWORD).is_err());
    assert!(plain(&before, "orders", PASSWORD).is_ok(), "a reading never changes");
    fs::write(file.path(), "garbage").unwrap();
    assert!(live.reload().is_err());
    assert_eq!(live.current().list().len(), 1);
}
