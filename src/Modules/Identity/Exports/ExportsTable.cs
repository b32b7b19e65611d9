namespace Kumiko.Identity.Exports;

/// <summary>The tables <c>exports</c> and <c>export_parts</c>.</summary>
internal static class ExportsTable
{
    private const string Columns = "user_id, export_id, modules, public_key, private_key, created_at, expires_at";

    /// <summary>A user's export; null if there is none, or it has expired.</summary>
    public static ValueTask<ExportRow?> ReadExportAsync(
        this DatabaseSession session,
        long userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<ExportRow>(
            "select " + Columns + " from exports where user_id = @UserId and expires_at > @Now",
            new { UserId = userId, Now = now },
            cancellationToken
        );

    /// <summary>An export, whose row is locked; null if it was deleted, or has expired.</summary>
    public static ValueTask<ExportRow?> LockExportAsync(
        this UnitOfWork work,
        string exportId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<ExportRow>(
            work.ForUpdate("select " + Columns + " from exports where export_id = @ExportId and expires_at > @Now"),
            new { ExportId = exportId, Now = now },
            cancellationToken
        );

    /// <summary>Replaces a user's expired export, whose parts go with it. The user's row is locked.</summary>
    public static async ValueTask ReplaceExportAsync(this UnitOfWork work, ExportRow export, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync("delete from exports where user_id = @UserId", export, cancellationToken);
        await work.ExecuteAsync(
            "insert into exports (" + Columns + ") values (@UserId, @ExportId, @Modules, @PublicKey, @PrivateKey, @CreatedAt, @ExpiresAt)",
            export,
            cancellationToken
        );
    }

    /// <summary>The length of what a module has answered so far.</summary>
    public static ValueTask<long> ReadExportSizeAsync(
        this UnitOfWork work,
        long userId,
        string module,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<long>(
            "select coalesce(sum(size), 0) from export_parts where user_id = @UserId and module = @Module",
            new { UserId = userId, Module = module },
            cancellationToken
        );

    public static async ValueTask InsertExportPartAsync(this UnitOfWork work, ExportPartRow part, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            insert into export_parts (user_id, module, number, is_last, is_cut, size, content)
            values (@UserId, @Module, @Number, @IsLast, @IsCut, @Size, @Content)
            """,
            part,
            cancellationToken
        );

    /// <summary>The modules that have answered with everything that is asked of them.</summary>
    public static ValueTask<List<string>> ReadAnsweredModulesAsync(
        this DatabaseSession session,
        long userId,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<string>(
            "select module from export_parts where user_id = @UserId and (is_last = @True or is_cut = @True)",
            new { UserId = userId, True = true },
            cancellationToken
        );

    /// <summary>A part of an export that still exists; null if there is none.</summary>
    public static ValueTask<ExportPartRow?> ReadExportPartAsync(
        this DatabaseSession session,
        ExportRow export,
        string module,
        int number,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<ExportPartRow>(
            """
            select p.user_id, p.module, p.number, p.is_last, p.is_cut, p.size, p.content
            from export_parts p join exports e on e.user_id = p.user_id
            where e.export_id = @ExportId and p.module = @Module and p.number = @Number
            """,
            new
            {
                export.ExportId,
                Module = module,
                Number = number,
            },
            cancellationToken
        );
}
