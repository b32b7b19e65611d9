# The actions of .ci/run that take more than one command. Each runs in a shell of its own.
# shellcheck shell=bash
# shellcheck disable=SC2154

tools() {
    dotnet --version
    # On a machine on which nothing was restored yet, this writes the settings that the stand-in images copy.
    dotnet nuget list source --format short
    node --version
    npm install --prefix "$work" --no-save --no-audit --no-fund --ignore-scripts "rust-just@$just_version"
    just --version
}

containers() {
    if [[ -x $lab ]]; then
        "$lab" engine
        "$lab" images mysql:9.7 caddy:2.11 nats:2.15-alpine prom/prometheus:v3.5 \
            mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled node:22-alpine
    else
        docker info >/dev/null
    fi
}

browser() {
    if ! command -v chromium; then
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium fonts-noto-cjk
    fi
    chromium --version --no-sandbox
}

proxies() {
    if ! { command -v nginx && command -v haproxy && command -v apache2; }; then
        apt-get update -q
        # Install the programs without starting their services: the tests start them with configurations of their own.
        local policy=/usr/sbin/policy-rc.d code=0
        if [[ -e $policy ]]; then policy=; else printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; fi
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nginx-light haproxy apache2-bin || code=$?
        [[ -z $policy ]] || rm -- "$policy"
        [[ $code == 0 ]]
    fi
    nginx -v
    haproxy -v
    apache2 -v
}

scripts() {
    if ! command -v shellcheck; then
        apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends shellcheck
    fi
    just lint-shell
}

documents() {
    just openapi "$work/openapi"
    ls -l "$work"/openapi/{posts,identity,v1}.json
}

# Packages must restore anywhere, so no file may name the mirrors or the folders of this machine.
machine_names() {
    local code
    {
        pwd
        { npm config get registry && dotnet nuget list source --format short; } |
            sed -nE 's#^.*https?://([^/:]+).*$#\1#p' | grep -vxE 'registry\.npmjs\.org|(api|www)\.nuget\.org' || true
    } | sort -u >"$work/names"
    git grep --line-number --ignore-case --fixed-strings -f "$work/names" || code=$?
    [[ ${code:-0} == 1 ]]
}

unchanged() {
    git status --porcelain | diff "$work/status" -
}
