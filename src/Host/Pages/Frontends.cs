using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Kumiko.Host.Addresses;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Kumiko.Host.Pages;

/// <summary>
/// Serves the built frontends from the folder <c>Frontends:Folder</c> (<c>web</c> beside the program): its folder <c>crud</c> at
/// <c>/crud</c>, and so on. In containers the frontends have servers of their own, and this folder doesn't exist.
/// </summary>
internal static partial class Frontends
{
    // The build names the files in these folders by their content.
    private const string Immutable = "/_next/static/";

    private const string NotFound = "/404.html";

    // The service worker, which keeps the pages available offline.
    private const string Worker = "/sw.js";

    // The worker runs under the policy that it was served with, not under that of the pages.
    private const string WorkerPolicy =
        "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // In containers the frontends' servers send the same policy (docker/pages/finish.mjs).
    private static readonly string PagePolicy = EmbeddedFile.ReadText("page-policy.txt").Trim();

    private static readonly string[] Codings = ["gzip", "br"];

    // The suffix that the build adds to the name of a compressed copy.
    private const string Brotli = ".br";

    /// <summary>Compresses the pages' files and nothing else, since they alone contain nothing secret.</summary>
    public static void AddFrontends(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "text/x-component"];
        });
    }

    /// <summary>The folder of the built frontends, which need not exist.</summary>
    public static DirectoryInfo FolderOf(IConfiguration configuration) =>
        new(Path.Combine(AppContext.BaseDirectory, configuration["Frontends:Folder"] ?? "web"));

    /// <summary>Serves the frontends; returns whether there are any.</summary>
    public static bool UseFrontends(this WebApplication app)
    {
        var folder = FolderOf(app.Configuration);
        var pages = Pages(folder);
        if (pages.Count == 0)
        {
            app.Lifetime.ApplicationStarted.Register(() =>
                app.Logger.LogInformation("This process serves no pages at /crud and /auth: {Folder} has none", folder.FullName)
            );
            return false;
        }

        var compressed = folder
            .EnumerateFiles("*" + Brotli, SearchOption.AllDirectories)
            .Select(file => PathOf(file, folder)[..^Brotli.Length])
            .ToFrozenSet();
        var roots = Roots(folder);
        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder.FullName),
            ContentTypeProvider = new ContentTypes(),
            OnPrepareResponse = file => Prepare(file.Context, pages),
        };
        app.UseWhen(
            http => (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) && !http.IsForOperators(),
            branch =>
            {
                branch.Use((http, next) => MapOrRedirect(http, roots, pages) ? Task.CompletedTask : next(http));
                // Only for the pages' own addresses: the API's responses have tags and encodings of their own.
                branch.UseWhen(
                    http => roots.Any(root => http.Request.Path.StartsWithSegments(root)),
                    served =>
                    {
                        served.Use(
                            (http, next) =>
                            {
                                // A compressed copy is another form of its file and has no address of its own.
                                if (http.Request.Path.Value!.EndsWith(Brotli, StringComparison.Ordinal))
                                {
                                    http.Response.StatusCode = StatusCodes.Status404NotFound;
                                    return Task.CompletedTask;
                                }

                                PreferCompressed(http, compressed);
                                TagCodings(http);
                                return next(http);
                            }
                        );
                        served.UseResponseCompression().UseStaticFiles(files);
                    }
                );
            }
        );
        return true;
    }

    /// <summary>
    /// Redirects <c>/</c> to the board, and lets routing answer for the pages' addresses that have no file: with 404, the methods, and 405
    /// for all others.
    /// </summary>
    public static void MapFrontends(this WebApplication app)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/", methods, () => Results.Redirect("/crud")).AllowAnonymous();
        foreach (var root in Roots(FolderOf(app.Configuration)))
        {
            foreach (var address in (string[])[root + "/{**path}", root + ".txt"])
                app.MapMethods(address, methods, () => Results.NotFound()).AllowAnonymous();
        }
    }

    private static string[] Roots(DirectoryInfo folder) => [.. folder.EnumerateDirectories().Select(root => "/" + root.Name)];

    // Maps an address that people see to its file, or redirects to another address. Returns whether it redirected.
    private static bool MapOrRedirect(HttpContext http, string[] roots, FrozenDictionary<string, string> pages)
    {
        var path = http.Request.Path.Value ?? "/";
        // The pages request the data of the first page under the name of its folder: /crud.txt is /crud/index.txt.
        if (path.EndsWith(".txt", StringComparison.Ordinal) && roots.Contains(path[..^4]))
        {
            http.Request.Path = path[..^4] + "/index.txt";
            return false;
        }

        var root = roots.FirstOrDefault(root => http.Request.Path.StartsWithSegments(root));
        if (root is null || path.StartsWith(root + Immutable, StringComparison.Ordinal) || Path.HasExtension(path))
            return false;

        if (path.EndsWith('/'))
        {
            http.Response.Redirect(
                new PathString(path.TrimEnd('/')).ToUriComponent() + http.Request.QueryString,
                permanent: true,
                preserveMethod: true
            );
            return true;
        }

        var page = path == root ? root + "/index.html" : path + ".html";
        if (pages.ContainsKey(page))
            http.Request.Path = page;
        else if (!NotFoundPage.WantsProblem(http))
            http.Request.Path = root + NotFound;
        return false;
    }

    // The build has the time to compress as far as possible; other files are compressed as they are sent.
    private static void PreferCompressed(HttpContext http, FrozenSet<string> compressed)
    {
        if (
            compressed.Contains(http.Request.Path.Value!)
            && http.Request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "br" && coding.Quality != 0)
        )
            http.Request.Path += Brotli;
    }

    // A file that is compressed as it is sent has other bytes than the original, and so needs another strong tag (RFC 9110, 8.8.3.3): a
    // client must never complete one with the rest of the other. The static files know the tag without its suffix.
    private static void TagCodings(HttpContext http)
    {
        var request = http.Request.Headers;
        var known = request.IfNoneMatch.ToString();
        var mark = Codings.FirstOrDefault(coding => known.Contains($"-{coding}\"", StringComparison.Ordinal));
        if (mark is not null)
            request.IfNoneMatch = known.Replace($"-{mark}\"", "\"", StringComparison.Ordinal);

        http.Response.OnStarting(() =>
        {
            var response = http.Response.Headers;
            var coding = http.Response.StatusCode == StatusCodes.Status304NotModified ? mark : response.ContentEncoding.ToString();
            // A copy that the build compressed is a file with a tag of its own.
            if (
                !string.IsNullOrEmpty(coding)
                && response.ETag is [{ } tag]
                && tag.EndsWith('"')
                && !http.Request.Path.Value!.EndsWith(Brotli, StringComparison.Ordinal)
            )
                response.ETag = $"{tag[..^1]}-{coding}\"";
            return Task.CompletedTask;
        });
    }

    private static void Prepare(HttpContext http, FrozenDictionary<string, string> pages)
    {
        var path = http.Request.Path.Value!;
        http.Response.Headers.Vary = "Accept-Encoding";
        if (path.EndsWith(Brotli, StringComparison.Ordinal))
        {
            path = path[..^Brotli.Length];
            http.Response.Headers.ContentEncoding = "br";
        }

        // The address of the first page is its folder without a slash, which lies above the worker's default scope.
        if (path.EndsWith(Worker, StringComparison.Ordinal))
        {
            http.Response.Headers["Service-Worker-Allowed"] = path[..^Worker.Length];
            http.Response.Headers.ContentSecurityPolicy = WorkerPolicy;
        }

        http.Response.Headers.CacheControl = path.Contains(Immutable, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        if (pages.GetValueOrDefault(path) is not { } policy)
            return;
        http.Response.Headers.ContentSecurityPolicy = policy;
        if (path.EndsWith(NotFound, StringComparison.Ordinal))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    // Each page by its path in the folder, with the policy that allows only the scripts that the page was built with.
    private static FrozenDictionary<string, string> Pages(DirectoryInfo folder) =>
        (folder.Exists ? folder.EnumerateFiles("*.html", SearchOption.AllDirectories) : []).ToFrozenDictionary(
            file => PathOf(file, folder),
            file => Policy(File.ReadAllText(file.FullName))
        );

    private static string PathOf(FileInfo file, DirectoryInfo folder) =>
        "/" + Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>The policy under which a page runs its inline scripts and the scripts of this origin, and no others.</summary>
    public static string Policy(string page)
    {
        var hashes = InlineScript()
            .Matches(page)
            .Select(script => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups["text"].Value)))}'")
            .Distinct();
        return PagePolicy.Replace("{scripts}", string.Concat(hashes), StringComparison.Ordinal);
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex InlineScript();

    private sealed class ContentTypes : IContentTypeProvider
    {
        private readonly FileExtensionContentTypeProvider _known = new() { Mappings = { [".txt"] = "text/x-component; charset=utf-8" } };

        public bool TryGetContentType(string subpath, [MaybeNullWhen(false)] out string contentType)
        {
            if (
                !_known.TryGetContentType(
                    subpath.EndsWith(Brotli, StringComparison.Ordinal) ? subpath[..^Brotli.Length] : subpath,
                    out contentType
                )
            )
                return false;
            // Without a charset, a browser would guess.
            if (
                (contentType.StartsWith("text/", StringComparison.Ordinal) || contentType == "image/svg+xml")
                && !contentType.Contains(';', StringComparison.Ordinal)
            )
                contentType += "; charset=utf-8";
            return true;
        }
    }
}
