# `just` alone lists the tasks. They need the .NET SDK; where one needs Docker or npm, its comment says so.

redocly := "@redocly/cli@2.77.0"
spectral := "@stoplight/spectral-cli@6.16.3"

export REDOCLY_TELEMETRY := "off"
export REDOCLY_SUPPRESS_UPDATE_NOTICE := "true"

[private]
default:
    @just --list --unsorted

# Run every module in one process on SQLite, at http://localhost:5080
run *ARGS:
    dotnet run --project src/Host -- {{ ARGS }}

# Run all tests and let none be left out (Docker, unless KUMIKO_TEST_MYSQL holds the connection string of a MySQL's root)
test *ARGS:
    #!/usr/bin/env bash
    set -euo pipefail
    if [[ -z ${KUMIKO_TEST_MYSQL:-} ]]; then
        container=$(docker create --publish 127.0.0.1::3306 --env MYSQL_ROOT_PASSWORD=test \
            mysql:9.7 --max-connections=500 --innodb-flush-log-at-trx-commit=2 --sync-binlog=0)
        trap 'docker rm --force --volumes "$container" >/dev/null' EXIT
        docker start "$container" >/dev/null
        {{ quote(just_executable()) }} wait-for-mysql "$container"
        address=$(docker port "$container" 3306/tcp)
        export KUMIKO_TEST_MYSQL="Server=127.0.0.1;Port=${address##*:};User ID=root;Password=test"
    fi
    export KUMIKO_TEST_REQUIRE=all SNAPSHOOTER_STRICT_MODE=on
    dotnet test {{ ARGS }}

# Run the tests that need nothing but the SDK
test-quick *ARGS:
    find tests -name '*.Tests.csproj' -not -path '*MySql*' -print0 \
        | xargs -0 -I PROJECT env -u KUMIKO_TEST_MYSQL dotnet test --project PROJECT {{ ARGS }}

# Bring the code into its format
format:
    dotnet format

# Write the OpenAPI documents into a folder
openapi FOLDER="obj/openapi":
    dotnet run --project src/Host -- openapi --output {{ quote(FOLDER) }}

# Write the OpenAPI documents and lint them with Redocly and Spectral (npm)
lint-api FOLDER="obj/openapi": (openapi FOLDER) (lint-redocly FOLDER) (lint-spectral FOLDER)

[private]
lint-redocly FOLDER:
    npx --yes --ignore-scripts {{ redocly }} lint --config redocly.yaml --format stylish {{ quote(FOLDER) }}/*.json

[private]
lint-spectral FOLDER:
    npx --yes --ignore-scripts {{ spectral }} lint --ruleset .spectral.yaml --fail-severity error {{ quote(FOLDER) }}/*.json

# Bring the databases' schema up to date (or back: `just migrate --down 1`)
migrate *ARGS:
    dotnet run --project src/Host -- migrate {{ ARGS }}

# Post every paragraph of the text files in the folders to a running Kumiko (KUMIKO_URL), then read every one back
[positional-arguments]
demo *FOLDERS:
    dotnet run --project tools/Demo --configuration Release -- --url "${KUMIKO_URL:-http://localhost:5080}" "$@"

# Put a read and its raw ADO.NET twin under load in turns, and print the ratio (MySQL too if KUMIKO_BENCH_MYSQL is set; --help says more)
bench *ARGS:
    dotnet run --project bench/Kumiko.Bench.Load --configuration Release -- {{ ARGS }}

# Measure single requests, against raw ADO.NET too, with BenchmarkDotNet
bench-slices *ARGS="--filter '*'":
    dotnet run --project bench/Kumiko.Bench --configuration Release -- {{ ARGS }}

# Start a MySQL for development and print the environment that makes Kumiko use it: eval "$(just up-db)" (Docker)
up-db PORT="3316":
    #!/usr/bin/env bash
    set -euo pipefail
    if ! docker start kumiko-db >/dev/null 2>&1; then
        docker run --detach --name kumiko-db --publish 127.0.0.1:{{ PORT }}:3306 --volume kumiko-db:/var/lib/mysql \
            --env MYSQL_ROOT_PASSWORD=kumiko mysql:9.7 >/dev/null
    fi
    {{ quote(just_executable()) }} wait-for-mysql kumiko-db >&2
    # Two users a module: one may change its schema, the one that serves may only read and write its rows.
    for module in posts identity; do
        cat <<SQL
    create database if not exists kumiko_$module;
    create user if not exists ${module}_migrations identified by 'kumiko', $module identified by 'kumiko';
    grant all on kumiko_$module.* to ${module}_migrations;
    grant select, insert, update, delete on kumiko_$module.* to $module;
    SQL
    done | docker exec --interactive --env MYSQL_PWD=kumiko kumiko-db mysql --host 127.0.0.1 --user root
    # What the databases hold encrypted can be read with this key alone, so it lives as long as they do.
    key=$(docker exec kumiko-db sh -c 'cd /var/lib/mysql && { [ -s kumiko.key ] || head -c 32 /dev/urandom | base64 >kumiko.key; } && cat kumiko.key')
    server="Server=127.0.0.1;Port=$(docker port kumiko-db 3306/tcp | sed 's/.*://')"
    cat <<ENVIRONMENT
    export Database__Provider=mysql
    export ConnectionStrings__Posts='$server;Database=kumiko_posts;User ID=posts;Password=kumiko'
    export ConnectionStrings__PostsMigrations='$server;Database=kumiko_posts;User ID=posts_migrations;Password=kumiko'
    export ConnectionStrings__Identity='$server;Database=kumiko_identity;User ID=identity;Password=kumiko'
    export ConnectionStrings__IdentityMigrations='$server;Database=kumiko_identity;User ID=identity_migrations;Password=kumiko'
    export Security__Key='$key'
    ENVIRONMENT

# Stop the development MySQL; its rows stay, unless `docker volume rm kumiko-db` follows
down-db:
    docker rm --force kumiko-db

# Over TCP: on its socket a first start answers before it is done.
[private]
wait-for-mysql CONTAINER:
    #!/usr/bin/env bash
    set -euo pipefail
    for (( left = 240; left > 0; left-- )); do
        ! docker exec {{ CONTAINER }} mysqladmin ping --host 127.0.0.1 >/dev/null 2>&1 || exit 0
        sleep 0.5
    done
    docker logs --tail 20 {{ CONTAINER }} >&2
    echo 'MySQL did not answer within two minutes.' >&2
    exit 1
