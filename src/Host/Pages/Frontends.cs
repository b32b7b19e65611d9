using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Kumiko.Host.Pages;

/// <summary>
/// Serves the frontends, built into files, from the folder <c>Frontends:Folder</c> (<c>web</c> beside the program): its folder <c>crud</c> at <c>/crud</c>,
/// and so on. In containers the frontends have servers of their own, and there is no such folder.
/// </summary>
internal static partial class Frontends
{
    // The build names what is in these folders by its content.
    private const string Immutable = "/_next/static/";

    private const string NotFound = "/404.html";

    /// <summary>How they are sent: compressed, which they alone are, since they hold nothing that a person must not know.</summary>
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

    /// <summary>Serves them, and sends <c>/</c> to the board. Returns whether there are any.</summary>
    public static bool UseFrontends(this WebApplication app)
    {
        var folder = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, app.Configuration["Frontends:Folder"] ?? "web"));
        var pages = Pages(folder);
        if (pages.Count == 0)
            return false;

        string[] roots = [.. folder.EnumerateDirectories().Select(root => "/" + root.Name)];
        var types = new FileExtensionContentTypeProvider { Mappings = { [".txt"] = "text/x-component; charset=utf-8" } };
        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder.FullName),
            ContentTypeProvider = types,
            OnPrepareResponse = file => Prepare(file.Context, pages),
        };
        app.UseWhen(
            http => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method),
            branch =>
            {
                branch.Use((http, next) => LeadsElsewhere(http, roots, pages) ? Task.CompletedTask : next(http));
                branch.UseWhen(http => roots.Any(root => http.Request.Path.StartsWithSegments(root)), served => served.UseResponseCompression().UseStaticFiles(files));
            });
        return true;
    }

    // From the address that people see to the file; or to another address, which is answered here.
    private static bool LeadsElsewhere(HttpContext http, string[] roots, FrozenDictionary<string, string> pages)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path == "/")
        {
            http.Response.Redirect("/crud");
            return true;
        }

        // The pages' own requests for the data of the first page, which is called as its folder.
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
            http.Response.Redirect(path.TrimEnd('/') + http.Request.QueryString, permanent: true, preserveMethod: true);
            return true;
        }

        var page = path == root ? root + "/index.html" : path + ".html";
        http.Request.Path = pages.ContainsKey(page) ? page : root + NotFound;
        return false;
    }

    private static void Prepare(HttpContext http, FrozenDictionary<string, string> pages)
    {
        var path = http.Request.Path.Value!;
        http.Response.Headers.CacheControl = path.Contains(Immutable, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        if (pages.GetValueOrDefault(path) is not { } policy)
            return;
        http.Response.Headers.ContentSecurityPolicy = policy;
        http.Response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        http.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (path.EndsWith(NotFound, StringComparison.Ordinal))
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    // Each page by its path in the folder, with the policy under which only the scripts run that it was built with.
    private static FrozenDictionary<string, string> Pages(DirectoryInfo folder) =>
        (folder.Exists ? folder.EnumerateFiles("*.html", SearchOption.AllDirectories) : [])
        .ToFrozenDictionary(
            file => "/" + Path.GetRelativePath(folder.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/'),
            file => Policy(File.ReadAllText(file.FullName)));

    private static string Policy(string page)
    {
        var hashes = InlineScript().Matches(page)
            .Select(script => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups["text"].Value)))}'")
            .Distinct();
        return $"default-src 'self'; script-src 'self'{string.Concat(hashes)}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex InlineScript();
}
