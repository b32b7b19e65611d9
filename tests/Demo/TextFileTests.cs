using System.IO.Compression;
using System.Text;
using Kumiko.Demo.Input;
using Xunit;

namespace Kumiko.Demo.Tests;

public sealed class TextFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kumiko-demo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void UTF8_is_text_and_its_byte_order_mark_is_none_of_it()
    {
        Assert.Equal((FileKind.Text, "日本"), Read("plain", Encoding.UTF8.GetBytes("日本")));
        Assert.Equal((FileKind.Text, "日本"), Read("marked", [.. Encoding.UTF8.Preamble, .. "日本"u8]));
    }

    [Fact]
    public void Another_encoding_is_skipped_rather_than_mangled() =>
        Assert.Equal((FileKind.Unreadable, ""), Read("euc-jp", [0xc6, 0xfc, 0xcb, 0xdc]));

    [Fact]
    public void A_file_with_a_NUL_byte_is_binary() => Assert.Equal((FileKind.Binary, ""), Read("binary", [0x61, 0x00, 0x62]));

    [Fact]
    public void A_gz_file_is_decompressed() => Assert.Equal((FileKind.Text, "日本"), Read("page.1.gz", Compress("日本"u8)));

    [Fact]
    public void A_broken_gz_file_is_unreadable() => Assert.Equal((FileKind.Unreadable, ""), Read("page.1.gz", "no gzip"u8.ToArray()));

    [Fact]
    public void An_index_of_fortunes_is_binary_whatever_it_holds()
    {
        Read("art", "a\n%\nb"u8.ToArray());

        Assert.Equal((FileKind.Binary, ""), Read("art.dat", "abc"u8.ToArray()));
        Assert.Equal((FileKind.Text, "abc"), Read("words.dat", "abc"u8.ToArray()));
    }

    [Fact]
    public void Subfolders_are_searched_and_links_are_not_followed()
    {
        Read("b", "b"u8.ToArray());
        _folder.CreateSubdirectory("a");
        Read(Path.Combine("a", "a"), "a"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "c"), Path.Combine(_folder.FullName, "b"));

        var found = TextFile.Find([_folder, _folder]).Select(path => Path.GetRelativePath(_folder.FullName, path));

        Assert.Equal([Path.Combine("a", "a"), "b"], found);
    }

    private (FileKind Kind, string Text) Read(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        var file = TextFile.Read(path);
        return (file.Kind, file.Text);
    }

    private static byte[] Compress(ReadOnlySpan<byte> plain)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionMode.Compress))
            gzip.Write(plain);
        return bytes.ToArray();
    }
}
