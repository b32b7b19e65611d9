using Kumiko.Bench.Raw;

// The baseline for the Host: the minimum that answers the same requests. Configuration: ASPNETCORE_URLS, Provider, ConnectionString.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
using var database = new RawDatabase(
    app.Configuration["Provider"] ?? throw new InvalidOperationException("Set Provider to sqlite or mysql."),
    app.Configuration["ConnectionString"] ?? throw new InvalidOperationException("Set ConnectionString.")
);
app.MapRawPosts(database);
app.Run();
