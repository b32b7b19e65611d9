using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kumiko.Posts.Search;
using Microsoft.Data.Sqlite;
using MySqlConnector;

namespace Kumiko.Bench.Load.Data;

/// <summary>A temporary installation: one database per module, created by the Host's own migrations and filled by plain SQL.</summary>
internal abstract class BenchDatabase : IDisposable
{
    /// <summary>The first author's id. Accounts that the benchmarks register have smaller ones.</summary>
    public const int FirstAuthor = 1_001;

    /// <summary>The number of authors, who take turns.</summary>
    public const int Authors = 50;

    private const int RowsAStatement = 1_000_000;
    private const int GramsAStatement = 10_000;

    // Both scripts, an emoji and quotes: what a JSON encoder meets in real posts. A post is a part of this text, 20 to 400 characters long.
    private const string Text =
        "組子は、釘を使わずに小さな木片を組み合わせる日本の伝統的な木工技術です。Each piece is whole, the lattice holds, and any piece comes out again. "
        + "コンテナの中でもプロセスの中でも、同じように動きます😀。\"One codebase, one host\": run every module in one process, or each module in containers of its "
        + "own. "
        + "ファイルの一覧を表示するには、次のように入力してください。No client can tell the difference; cut or join at any time without losing a request or a row. "
        + "設定ファイルの書式については、対応するマニュアルページを参照してください。A good demonstration uses the texts that people really write.";

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>sqlite</c> or <c>mysql</c>.</summary>
    public abstract string Provider { get; }

    /// <summary>The settings that the Host needs to use this database.</summary>
    public abstract IReadOnlyDictionary<string, string> HostSettings { get; }

    /// <summary>The settings that the raw server needs to use this database.</summary>
    public abstract IReadOnlyDictionary<string, string> RawSettings { get; }

    /// <summary>Creates empty databases.</summary>
    /// <param name="provider"><c>sqlite</c> or <c>mysql</c>.</param>
    /// <param name="mySql">Connection string of a MySQL user who may create databases.</param>
    /// <param name="name">Distinguishes the databases from others of this run.</param>
    public static BenchDatabase Create(string provider, string? mySql, string name) =>
        provider == "sqlite"
            ? new SqliteFiles()
            : new MySqlDatabases(
                mySql
                    ?? throw new InvalidOperationException(
                        "Set KUMIKO_BENCH_MYSQL to the connection string of a user who may create databases."
                    ),
                name
            );

    /// <summary>Adds authors and posts 1 to <paramref name="rows"/>. The text index stays empty: no measured read uses it.</summary>
    public void Fill(int rows)
    {
        using var connection = Open("posts");
        FillAuthors(connection);
        for (var first = 1; first <= rows; first += RowsAStatement)
            Execute(connection, FillPosts(first, Math.Min(first + RowsAStatement - 1, rows)), ("@text", Text));
        AfterFill(connection);
    }

    /// <summary>Adds authors and posts of natural text, and their text index, with the rows that the Host's indexer would write.</summary>
    public void FillWithIndex(NaturalText text, int rows)
    {
        using var connection = Open("posts");
        FillAuthors(connection);
        foreach (var segment in Enumerable.Range(1, rows).GroupBy(id => Segment.Of(id)))
        {
            var posts = segment.Select(id => (Id: id, UserId: FirstAuthor + id % Authors, Content: text.Post(id))).ToList();
            Execute(connection, "begin");
            Execute(connection, FillTexts(), ("@rows", Json(posts.Select(post => new object[] { post.Id, post.UserId, post.Content }))));
            var sets = new Dictionary<long, PostSet>();
            foreach (var post in posts)
            {
                foreach (var gram in Gram.OfPost(SearchText.OfPost(post.Content), post.UserId))
                {
                    if (!sets.TryGetValue(gram, out var set))
                        sets.Add(gram, set = new PostSet());
                    set.Add(Segment.Place(post.Id));
                }
            }

            foreach (var grams in sets.OrderBy(gram => gram.Key).Chunk(GramsAStatement))
            {
                var written = grams.Select(gram => new object[] { segment.Key, gram.Key, Convert.ToHexString(gram.Value.Write()) });
                Execute(connection, FillIndex(), ("@rows", Json(written)));
            }

            Execute(connection, "commit");
        }

        AfterFill(connection);
    }

    /// <summary>Opens the database of a module.</summary>
    /// <param name="module">The module's name, as in the setting <c>Modules</c>.</param>
    public abstract DbConnection Open(string module);

    /// <inheritdoc />
    public abstract void Dispose();

    protected abstract string Concat(string left, string right);

    protected abstract string FillPosts(int first, int last);

    protected abstract string FillTexts();

    protected abstract string FillIndex();

    protected abstract void AfterFill(DbConnection connection);

    private static string Json(IEnumerable<object[]> rows) => JsonSerializer.Serialize(rows, JsonOptions);

    private void FillAuthors(DbConnection connection) =>
        Execute(
            connection,
            $"""
            insert into authors (id, name, version, is_deleted)
            with recursive n (i) as (select {FirstAuthor} union all select i + 1 from n where i < {FirstAuthor + Authors - 1})
            select i, {Concat("'writer-'", "i")}, 1, 0 from n
            """
        );

    protected static void Execute(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }

    private sealed class SqliteFiles : BenchDatabase
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kumiko-bench-");

        public override string Provider => "sqlite";

        public override IReadOnlyDictionary<string, string> HostSettings =>
            new Dictionary<string, string>
            {
                ["Database__Provider"] = "sqlite",
                ["Database__Folder"] = _folder.FullName,
                ["RateLimits__Enabled"] = "false",
            };

        public override IReadOnlyDictionary<string, string> RawSettings =>
            new Dictionary<string, string> { ["Provider"] = "sqlite", ["ConnectionString"] = ConnectionString("posts") };

        private string ConnectionString(string module) =>
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.FullName, module + ".db") }.ToString();

        public override void Dispose() => _folder.Delete(recursive: true);

        public override DbConnection Open(string module)
        {
            var connection = new SqliteConnection(ConnectionString(module) + ";Pooling=False");
            connection.Open();
            return connection;
        }

        protected override string Concat(string left, string right) => $"{left} || {right}";

        protected override string FillPosts(int first, int last) =>
            $"""
                insert into posts (id, user_id, content, version, created_at, updated_at)
                with recursive n (i) as (select {first} union all select i + 1 from n where i < {last})
                select i, {FirstAuthor} + i % {Authors}, substr(@text, 1 + i * 37 % 150, 20 + i * 7919 % 380), 1, '2026-01-01 00:00:00.123',
                    '2026-01-01 00:00:00.123'
                from n
                """;

        protected override string FillTexts() =>
            """
                insert into posts (id, user_id, content, version, created_at, updated_at)
                select value ->> 0, value ->> 1, value ->> 2, 1, '2026-01-01 00:00:00.123', '2026-01-01 00:00:00.123' from json_each(@rows)
                """;

        protected override string FillIndex() =>
            """
                insert into search_postings (segment, gram, posts)
                select value ->> 0, value ->> 1, unhex(value ->> 2) from json_each(@rows)
                """;

        protected override void AfterFill(DbConnection connection) => Execute(connection, "pragma wal_checkpoint(truncate)");
    }

    private sealed class MySqlDatabases : BenchDatabase
    {
        private readonly string _server;
        private readonly string _posts;
        private readonly string _identity;
        private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

        public MySqlDatabases(string server, string name)
        {
            _server = server;
            _posts = $"kumiko_bench_{name}_posts";
            _identity = $"kumiko_bench_{name}_identity";
            OnServer(
                $"drop database if exists {_posts}",
                $"drop database if exists {_identity}",
                $"create database {_posts}",
                $"create database {_identity}"
            );
        }

        public override string Provider => "mysql";

        public override IReadOnlyDictionary<string, string> HostSettings =>
            new Dictionary<string, string>
            {
                ["Database__Provider"] = "mysql",
                ["ConnectionStrings__Posts"] = ConnectionString(_posts),
                ["ConnectionStrings__Identity"] = ConnectionString(_identity),
                ["Security__Key"] = _key,
                ["RateLimits__Enabled"] = "false",
            };

        public override IReadOnlyDictionary<string, string> RawSettings =>
            new Dictionary<string, string> { ["Provider"] = "mysql", ["ConnectionString"] = ConnectionString(_posts) };

        public override void Dispose() => OnServer($"drop database {_posts}", $"drop database {_identity}");

        public override DbConnection Open(string module)
        {
            var connection = new MySqlConnection(ConnectionString(module == "posts" ? _posts : _identity));
            connection.Open();
            Execute(connection, $"set session cte_max_recursion_depth = {int.MaxValue}");
            return connection;
        }

        protected override string Concat(string left, string right) => $"concat({left}, {right})";

        protected override string FillPosts(int first, int last) =>
            $"""
                insert into posts (id, user_id, content, version, created_at, updated_at)
                with recursive n (i) as (select {first} union all select i + 1 from n where i < {last})
                select i, {FirstAuthor} + i % {Authors}, substr(@text, 1 + i * 37 % 150, 20 + i * 7919 % 380), 1, '2026-01-01 00:00:00.123',
                    '2026-01-01 00:00:00.123'
                from n
                """;

        protected override string FillTexts() =>
            """
                insert into posts (id, user_id, content, version, created_at, updated_at)
                select id, user_id, content, 1, '2026-01-01 00:00:00.123', '2026-01-01 00:00:00.123'
                from json_table(@rows, '$[*]' columns (id bigint path '$[0]', user_id bigint path '$[1]', content text path '$[2]')) posts
                """;

        protected override string FillIndex() =>
            """
                insert into search_postings (segment, gram, posts)
                select segment, gram, unhex(posts)
                from json_table(@rows, '$[*]' columns (segment bigint path '$[0]', gram bigint path '$[1]', posts text path '$[2]')) sets
                """;

        protected override void AfterFill(DbConnection connection) => Execute(connection, "analyze table posts, search_postings");

        private string ConnectionString(string database) => new MySqlConnectionStringBuilder(_server) { Database = database }.ToString();

        private void OnServer(params string[] statements)
        {
            using var connection = new MySqlConnection(_server);
            connection.Open();
            foreach (var statement in statements)
                Execute(connection, statement);
        }
    }
}
