using Kumiko.BuildingBlocks.Versions;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Versions;

public sealed class ConditionalRequestTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("*", true)]
    [InlineData("\"1-a\"", true)]
    [InlineData("\"0\", \"1-a\"", true)]
    [InlineData("\"2-a\"", false)]
    [InlineData("W/\"1-a\"", true)]
    [InlineData("\"1-a-gzip\"", true)]
    [InlineData("\"1-a--gzip\"", true)]
    [InlineData("\"1-a;gzip\"", true)]
    [InlineData("\"1-a-br\"", true)]
    [InlineData("\"1-a-nonsense\"", false)]
    [InlineData("\"1-agzip\"", false)]
    [InlineData("\"gzip\"", false)]
    [InlineData("1-a", false)]
    [InlineData("", true)]
    public void If_Match_allows_the_version_it_names(string? header, bool allowed)
    {
        var http = new DefaultHttpContext();
        if (header is not null)
            http.Request.Headers.IfMatch = header;

        Assert.Equal(allowed, ExpectedVersion.Of(http.Request).Allows("\"1-a\""));
    }

    [Theory]
    [InlineData("\"7\"", 304)]
    [InlineData("W/\"7\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"6\", \"7\"", 304)]
    [InlineData("\"6\"", 200)]
    [InlineData("", 200)]
    [InlineData("\"7-gzip\"", 304)]
    [InlineData("7", 200)]
    public void If_None_Match_omits_the_body(string header, int status)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.IfNoneMatch = header;

        var answer = EntityTags.Fresh(http, "resource", "\"7\"");

        Assert.Equal(status, Assert.IsAssignableFrom<IStatusCodeHttpResult>(answer).StatusCode);
        Assert.Equal("\"7\"", http.Response.Headers.ETag);
    }

    [Fact]
    public void Versions_and_texts_have_different_tags()
    {
        string[] tags =
        [
            EntityTags.Of(1),
            EntityTags.Of(2),
            EntityTags.Of(1, ""),
            EntityTags.Of(1, "hanako"),
            EntityTags.Of(1, "Hanako"),
            EntityTags.Of(11, "hanako"),
        ];

        Assert.Equal(tags.Length, tags.Distinct().Count());
        Assert.Equal(EntityTags.Of(1, "花子"), EntityTags.Of(1, "花子"));
    }
}
