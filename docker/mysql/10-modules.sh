#!/bin/bash
# Runs once, on an empty data volume: creates a database for each module, and two users for it. One may change the schema; the other, whom
# the module runs as, may only read and write rows. Runs in a subshell, because MySQL's entry point sources this file.
(
set -eu

secret() { cat "/run/secrets/$1"; }

# The passwords of `just setup` contain no quotes; one of your own may.
quoted() { secret "$1" | sed "s/[\\\\']/\\\\&/g; s/^/'/; s/\$/'/"; }

module() {
    cat <<SQL
create database kumiko_$1 character set utf8mb4 collate utf8mb4_0900_bin;
create user '$1'@'%' identified by $(quoted "Passwords__$2") require ssl;
create user '$1_migrations'@'%' identified by $(quoted "Passwords__$2Migrations") require ssl;
grant select, insert, update, delete on kumiko_$1.* to '$1'@'%';
grant all on kumiko_$1.* to '$1_migrations'@'%';
SQL
}

{
    module posts Posts
    module identity Identity
} | MYSQL_PWD=$(secret mysql_root_password) mysql --protocol=socket --user=root
)
