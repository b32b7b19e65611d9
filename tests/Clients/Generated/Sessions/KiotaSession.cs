using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Generated;
using Generated.Models;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Xunit;

/// <summary>A session that uses the client that Kiota generates.</summary>
public static class Session
{
    public static async Task RunAsync(string address, string email, string username, string password)
    {
        var tokens = new Tokens(address);
        using var adapter = new HttpClientRequestAdapter(new BaseBearerTokenAuthenticationProvider(tokens)) { BaseUrl = address };
        var client = new ApiClient(adapter);
        var user = await client.Api.Auth.Register.PostAsync(
            new RegisterUserRequest
            {
                Email = email,
                Username = username,
                Password = password,
            }
        );
        Assert.Equal(username, user.Username);

        var first = await client.Api.Auth.Login.PostAsync(
            new SignInRequest
            {
                Email = email,
                Password = password,
                TokenDelivery = SignInRequest_token_delivery.Body,
            }
        );
        tokens.Current = first.AccessToken;
        Assert.Equal(email, (await client.Api.Auth.Me.GetAsync()).Email);

        const string Content = "written with Kiota: おはようございます 🌸";
        // Kiota picks this name because PostResponse is also its name for an unnamed answer to POST.
        var post = await client.Api.Crud.Posts.PostAsPostResponseAsync(new CreatePostRequest { Content = Content });
        Assert.Equal(Content, post.Content);
        var listed = await client.Api.Crud.Posts.GetAsync(configuration => configuration.QueryParameters.UserId = user.Id);
        Assert.Equal(post.Id, listed.Items.Single().Id);

        var one = client.Api.Crud.Posts[post.Id.Value];
        var headers = new HeadersInspectionHandlerOption { InspectResponseHeaders = true };
        await one.GetAsync(configuration => configuration.Options.Add(headers));
        var tag = headers.ResponseHeaders["ETag"].Single();
        Assert.Equal(
            "changed",
            (
                await one.PutAsync(
                    new UpdatePostRequest { Content = "changed" },
                    configuration => configuration.Headers.Add("If-Match", tag)
                )
            ).Content
        );
        await FailsAsync(
            412,
            () => one.PutAsync(new UpdatePostRequest { Content = "too late" }, configuration => configuration.Headers.Add("If-Match", tag))
        );
        await FailsAsync(412, () => one.DeleteAsync(configuration => configuration.Headers.Add("If-Match", tag)));
        Assert.Equal("changed again", (await one.PutAsync(new UpdatePostRequest { Content = "changed again" })).Content);
        await one.DeleteAsync();
        await FailsAsync(404, () => one.GetAsync());

        var renewed = await client.Api.Auth.Refresh.PostAsync(new RefreshTokensRequest { RefreshToken = first.RefreshToken });
        Assert.NotEqual(first.RefreshToken, renewed.RefreshToken);
        tokens.Current = renewed.AccessToken;
        await client.Api.Auth.Logout.PostAsync(new SignOutRequest());
        await FailsAsync(401, () => client.Api.Auth.Me.GetAsync());
    }

    private static async Task FailsAsync(int status, Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<ProblemDetails>(call);
        Assert.Equal(status, failure.ResponseStatusCode);
        // The message that a program prints when it fails must be a sentence for people.
        Assert.Equal(failure.Detail, failure.Message);
    }

    private sealed class Tokens(string address) : IAccessTokenProvider
    {
        public string Current { get; set; } = "";

        public AllowedHostsValidator AllowedHostsValidator { get; } = new([new Uri(address).Host]);

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri,
            System.Collections.Generic.Dictionary<string, object> context,
            CancellationToken cancellationToken
        ) => Task.FromResult(Current);
    }
}
