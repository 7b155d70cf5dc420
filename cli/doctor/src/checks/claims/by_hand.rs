//! Programs of one's own that the document runs without the compose files.

use devkit_archdoc::vocabulary;

use crate::context::Page;
use crate::matching::Identity;

/// Whether the compose files run no program of one's own, and the document says how one is run
/// without them.
pub(super) fn runs_ones_own_by_hand(page: &Page<'_>) -> bool {
    // One image of nobody's may be a program of others.
    const FEW: usize = 1;
    let identities = || page.names.identities().iter();
    let runs_one = identities().any(|one| one.program().is_none() && runs_code(one));
    let may_be_own = identities().filter(|one| may_be_own(one)).count();
    !runs_one && may_be_own <= FEW && says_how_to_run_by_hand(page)
}

/// Whether a service runs an image that is not known to be of others.
fn may_be_own(one: &Identity) -> bool {
    one.program().is_none() && !one.is_task() && !one.is_called_after_its_image()
}

/// Whether a service is built here, or runs code in the image of a language: `node:22`.
fn runs_code(one: &Identity) -> bool {
    one.is_built || one.image.as_deref().is_some_and(vocabulary::is_technology)
}

/// Whether the document says how a program is run without containers.
fn says_how_to_run_by_hand(page: &Page<'_>) -> bool {
    page.document.source.text().lines().any(|line| {
        line.split(['`', ';', '|'])
            .flat_map(|part| part.split("&&"))
            .map(|command| command.trim_start_matches(['$', '>', ' ', '\t']))
            .any(|command| BY_HAND.iter().any(|begin| command.starts_with(begin)))
    })
}

/// Commands that run programs of one's own from their code.
const BY_HAND: &[&str] = &[
    "npm run ",
    "npm start",
    "pnpm dev",
    "pnpm start",
    "pnpm run ",
    "pnpm --filter ",
    "yarn dev",
    "yarn start",
    "yarn run ",
    "bun run ",
    "bun dev",
    "deno run ",
    "deno task ",
    "cargo run",
    "go run ",
    "mvn spring-boot:run",
    "mvn -pl ",
    "./mvnw ",
    "./gradlew ",
    "gradle bootRun",
    "java -jar ",
    "uvicorn ",
    "gunicorn ",
    "hypercorn ",
    "flask run",
    "fastapi dev",
    "python manage.py runserver",
    "python -m ",
    "python3 -m ",
    "python main.py",
    "python app.py",
    "poetry run ",
    "uv run ",
    "streamlit run ",
    "celery -A ",
    "dotnet run",
    "dotnet watch",
    "rails s",
    "bin/rails s",
    "bin/dev",
    "bundle exec ",
    "php artisan serve",
    "symfony serve",
    "symfony server:start",
    "mix phx.server",
    "iex -S mix",
    "node server",
    "node index",
    "node src/",
    "ng serve",
    "nest start",
    "npx ",
    "npm install",
    "pnpm install",
    "cargo watch",
    "pip install",
    "python -m venv",
    "make run",
    "make dev",
];
