#!/bin/bash
# Runs once, on an empty data volume: a database a module, and two users for each. One may change its schema, the one that serves may only read and write its rows.
# In a shell of its own, since MySQL's entry point runs this file inside itself.
(
set -eu

secret() { cat "/run/secrets/$1"; }

# The passwords that `just setup` makes have no quote in them; one of your own may.
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
