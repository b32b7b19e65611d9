using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Generated;
using Xunit;

/// <summary>A session that uses the client that <c>nswag openapi2csclient</c> generates.</summary>
public static class Session
{
    public static async Task RunAsync(string address, string email, string username, string password)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var client = new Client(http);
        var user = await client.RegisterUserAsync(
            null,
            new RegisterUserRequest
            {
                Email = email,
                Username = username,
                Password = password,
            }
        );
        Assert.Equal(username, user.Username);

        var tokens = await client.SignInAsync(
            new SignInRequest
            {
                Email = email,
                Password = password,
                Token_delivery = SignInRequestToken_delivery.Body,
            }
        );
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access_token);
        Assert.Equal(email, (await client.GetMeAsync(null)).Email);

        const string Content = "written with NSwag: おはようございます 🌸";
        var post = await client.CreatePostAsync(null, new CreatePostRequest { Content = Content });
        Assert.Equal(Content, post.Content);
        Assert.Equal(post.Id, (await client.ListPostsAsync(null, null, user.Id, null)).Items.Single().Id);

        // The client returns no headers, so read the tag separately.
        var tag = (await http.GetAsync($"/api/crud/posts/{post.Id}")).Headers.ETag.ToString();
        Assert.Equal("changed", (await client.UpdatePostAsync(post.Id, tag, new UpdatePostRequest { Content = "changed" })).Content);
        await FailsAsync(412, () => client.UpdatePostAsync(post.Id, tag, new UpdatePostRequest { Content = "too late" }));
        await FailsAsync(412, () => client.DeletePostAsync(post.Id, tag));
        Assert.Equal(
            "changed again",
            (await client.UpdatePostAsync(post.Id, null, new UpdatePostRequest { Content = "changed again" })).Content
        );
        await client.DeletePostAsync(post.Id, null);
        await FailsAsync(404, () => client.GetPostAsync(post.Id, null));

        var renewed = await client.RefreshTokensAsync(new RefreshTokensRequest { Refresh_token = tokens.Refresh_token });
        Assert.NotEqual(tokens.Refresh_token, renewed.Refresh_token);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", renewed.Access_token);
        await client.SignOutAsync(null);
        await FailsAsync(401, () => client.GetMeAsync(null));
    }

    private static async Task FailsAsync(int status, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<ApiException<ProblemDetails>>(call);
        Assert.Equal(status, failure.StatusCode);
        Assert.Equal(status, failure.Result.Status);
    }
}
