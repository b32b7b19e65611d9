# `just` alone lists the tasks. They need the .NET SDK; where one needs Docker or npm, its comment says so.

redocly := "@redocly/cli@2.77.0"
spectral := "@stoplight/spectral-cli@6.16.3"
single := "docker compose --file compose.yaml --file compose.single.yaml"

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

# Run all tests, in every topology, and let none be left out (Docker, Chromium, Node.js, nginx, HAProxy, Apache; KUMIKO_TEST_MYSQL may hold the connection string of a MySQL's root)
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
    # One project after the other: several of them start systems of many processes, and side by side they would only time each other out.
    dotnet test --max-parallel-test-modules 1 {{ ARGS }}

# Run the tests that need nothing but the SDK
test-quick *ARGS:
    find tests -name '*.Tests.csproj' -not -path '*MySql*' -not -path '*Apart*' -not -path '*Containers*' -not -path '*Chaos*' -print0 \
        | xargs -0 -I PROJECT env -u KUMIKO_TEST_MYSQL dotnet test --project PROJECT {{ ARGS }}

# Build the frontends into files, which `just run` serves at /crud and /auth (npm)
web: web-install
    npm --prefix frontends run build:static
    touch frontends/.built

# Run the host and both frontends with hot reload: http://localhost:3000/crud (npm)
dev: web-install
    #!/usr/bin/env bash
    set -euo pipefail
    # All end with the first that ends, or with Ctrl+C.
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

# Ask whether a package that is used has a known weakness (npm; the registries' own lists, so it needs the network)
audit:
    npm --prefix frontends audit --audit-level=high
    dotnet package list --vulnerable --include-transitive

# Make the TypeScript client anew, after the API changed
client:
    #!/usr/bin/env bash
    set -euo pipefail
    documents=$(mktemp -d)
    trap 'rm -rf -- "$documents"' EXIT
    dotnet tool restore
    dotnet run --project src/Host --property BuildFrontends=false -- openapi --output "$documents"
    dotnet nswag run frontends/packages/api-client/nswag.json \
        /variables:"document=$documents/v1.json,output=$PWD/frontends/packages/api-client/src/generated.ts"

[private]
web-install:
    npm --prefix frontends ci --no-audit --ignore-scripts

# Bring the code into its format
format: web-install
    dotnet tool restore
    dotnet csharpier format .
    npm --prefix frontends run format

# Fail if something is not in its format
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

# Post every paragraph of the text files in the folders to a running Kumiko (KUMIKO_URL; with RateLimits__Enabled=false, or it takes its time), then read every one back
[positional-arguments]
demo *FOLDERS:
    dotnet run --project tools/Demo --configuration Release -- --url "${KUMIKO_URL:-http://localhost:5080}" "$@"

# Put a read and its raw ADO.NET twin under load in turns, and print the ratio (MySQL too if KUMIKO_BENCH_MYSQL is set; --help says more)
bench *ARGS:
    dotnet run --project bench/Kumiko.Bench.Load --configuration Release -- {{ ARGS }}

# Measure single requests, against raw ADO.NET too, with BenchmarkDotNet
bench-slices *ARGS="--filter '*'":
    dotnet run --project bench/Kumiko.Bench --configuration Release -- {{ ARGS }}

# Start everything in containers, each module in its own, and come back when all of it answers (Docker)
[group('containers')]
up: setup build
    docker compose up --detach --no-build --wait
    # A broker that ran already takes what its configuration says now.
    docker compose kill --signal HUP nats
    {{ everything }} rm --stop --force kumiko
    @{{ quote(just_executable()) }} where

# The same with all modules in one container; on the same data, and back with `just up`, while clients go on
[group('containers')]
up-single: setup build
    {{ single }} up --detach --no-build --wait
    # Who tells of users goes before who listens, and both before what carries it.
    {{ everything }} rm --stop --force identity
    {{ everything }} rm --stop --force posts
    {{ everything }} rm --stop --force nats
    @{{ quote(just_executable()) }} where

# Add Prometheus and Grafana to what runs: http://localhost:3003, user admin, password in secrets/grafana_admin_password
[group('containers')]
up-observability: setup
    #!/usr/bin/env bash
    set -euo pipefail
    compose="docker compose"
    [[ -z $({{ everything }} ps --quiet kumiko) ]] || compose="{{ single }}"
    $compose --profile observability up --detach --no-deps --wait prometheus grafana

# Start only the database, published on this machine, and print the environment that makes `just run` use it: eval "$(just up-db)"
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
    REVISION=$(git rev-parse HEAD 2>/dev/null || echo unknown) docker compose build migrate crud-frontend auth-frontend

# Follow the logs, of some services or of all: just logs posts caddy
[group('containers')]
logs *SERVICES:
    {{ everything }} logs --follow --tail 100 {{ SERVICES }}

# Show the containers and how they are
[group('containers')]
ps:
    {{ everything }} ps --all

# Run several instances, up to six of Posts and four of Identity: just scale posts=3 identity=2
[group('containers')]
scale +INSTANCES:
    #!/usr/bin/env bash
    set -euo pipefail
    arguments=()
    for instances in {{ INSTANCES }}; do
        # As many as the Caddyfile names, and MySQL has connections for.
        [[ $instances =~ ^(posts=[1-6]|identity=[1-4])$ ]] || { echo "'$instances': say posts=1 to 6, or identity=1 to 4." >&2; exit 1; }
        arguments+=(--scale "$instances" "${instances%=*}")
    done
    docker compose up --detach --no-build --no-recreate --no-deps --wait "${arguments[@]}"

# Restart a service's instances one after the other, so that clients do not notice: just restart posts
[group('containers')]
restart SERVICE:
    #!/usr/bin/env bash
    set -euo pipefail
    for instance in $({{ everything }} ps --quiet {{ quote(SERVICE) }}); do
        docker restart "$instance"
        for ((waited = 0; ; waited++)); do
            [[ $(docker inspect --format '{{{{ .State.Health.Status }}' "$instance") != healthy ]] || break
            # Five times a second; what does not come back in two minutes does not come back, and the others still serve.
            ((waited < 600)) || { echo "$instance is not healthy: just logs {{ SERVICE }}" >&2; exit 1; }
            sleep 0.2
        done
    done

# Bring the containers' databases up to this program, or back: just migrate --down 1 (of what `just run` uses: just run migrate)
[group('containers')]
migrate *ARGS:
    docker compose run --rm migrate migrate {{ ARGS }}

# Look at the events that no module could take, try them again or drop them: just events list
[group('containers')]
events *ARGS="list":
    #!/usr/bin/env bash
    set -euo pipefail
    # An event is parked by the module that could not take it; the others do not know it.
    code=1
    for service in $({{ everything }} ps --services --status running | grep -xE 'posts|identity|kumiko'); do
        echo "$service:"
        ! {{ everything }} exec -T "$service" dotnet Kumiko.Host.dll events {{ ARGS }} || code=0
    done
    exit "$code"

# Open MySQL's own shell as root
[group('containers')]
shell-db *ARGS:
    {{ everything }} exec mysql sh -c 'MYSQL_PWD=$(cat /run/secrets/mysql_root_password) exec mysql --user=root "$@"' mysql {{ ARGS }}

# Write the root certificate of Caddy's own authority to root.crt, and say how to trust it
[group('containers')]
trust:
    #!/usr/bin/env bash
    set -euo pipefail
    {{ everything }} cp caddy:/data/caddy/pki/authorities/local/root.crt root.crt
    cat <<'HOW'
    root.crt is the root certificate of this installation's own authority. Whoever trusts it trusts every certificate that this Caddy makes.
      Debian, Ubuntu   sudo cp root.crt /usr/local/share/ca-certificates/kumiko.crt && sudo update-ca-certificates
      Fedora           sudo cp root.crt /etc/pki/ca-trust/source/anchors/kumiko.crt && sudo update-ca-trust
      macOS            sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain root.crt
      Windows          certutil -addstore -f Root root.crt
      Firefox          Settings, Certificates, Authorities, Import
      curl             curl --cacert root.crt https://app.local/api/crud/posts
    HOW

# Make .env and the secrets, each only if it is not there
[group('containers')]
setup:
    #!/usr/bin/env bash
    set -euo pipefail
    [[ -e .env ]] || { cp .env.example .env && echo 'Made .env: the address and other settings.' >&2; }
    # The folder keeps others out. The files in it are for the users inside the containers, whatever their numbers.
    mkdir -p -m 700 secrets
    random() { head -c 32 /dev/urandom | base64; }
    for name in mysql_root_password Passwords__{Posts,Identity}{,Migrations} nats_{posts,identity}_password grafana_admin_password Security__Key Tokens__EncryptionKey; do
        [[ ! -e secrets/$name ]] || continue
        # A password has letters and digits only, so that it needs quotes nowhere; a key is 32 bytes in base64.
        case $name in *Key) value=$(random) ;; *) value=$(random | tr -d '+/=') ;; esac
        (umask 022 && printf %s "$value" >"secrets/$name.new" && mv "secrets/$name.new" "secrets/$name")
        echo "Made secrets/$name." >&2
    done
    [[ ! -e secrets/mysql_key.pem ]] || exit 0
    # By these the modules know MySQL. The authority's own key is forgotten at once, so that nobody ever makes another certificate that they would take.
    command -v openssl >/dev/null || { echo 'openssl is not there: install it, it makes the certificate of MySQL.' >&2; exit 1; }
    work=$(mktemp -d secrets/mysql.XXXXXX)
    trap 'rm -rf -- "$work"' EXIT
    curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256)
    openssl req -x509 "${curve[@]}" -days 3650 -subj "/CN=MySQL's authority" -keyout "$work/ca_key.pem" -out "$work/mysql_ca.pem" 2>/dev/null
    openssl req "${curve[@]}" -subj /CN=mysql -keyout "$work/mysql_key.pem" -out "$work/request.pem" 2>/dev/null
    openssl x509 -req -in "$work/request.pem" -CA "$work/mysql_ca.pem" -CAkey "$work/ca_key.pem" -CAcreateserial -days 3650 -sha256 \
        -extfile <(echo 'subjectAltName = DNS:mysql') -out "$work/mysql_cert.pem" 2>/dev/null
    chmod 644 "$work"/mysql_*.pem
    # The key is what says that all of it is there, so it comes last.
    mv "$work"/mysql_{ca,cert}.pem secrets/ && mv "$work/mysql_key.pem" secrets/
    echo 'Made secrets/mysql_{ca,cert,key}.pem.' >&2

# Delete the containers, their data and the image; settings and secrets stay
[confirm("This deletes every account and post in the containers, Caddy's certificates and the image. Go on? [y/N]")]
[group('containers')]
clean:
    {{ everything }} down --volumes --rmi local --remove-orphans

# List the tasks, and say where to read on
help:
    @{{ quote(just_executable()) }} --list --unsorted
    @echo
    @echo 'README.md says how to begin, docs/operations.md how to run it for others, docs/add-a-module.md how to build on it.'

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
        echo "This machine does not know $host yet: echo '127.0.0.1 $host' | sudo tee -a /etc/hosts"
    fi
    [[ $host != *.local ]] || echo 'Browsers trust it after: just trust'

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
