using Kumiko.BuildingBlocks.Configuration;
using Kumiko.Infrastructure.Nats;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Infrastructure.Nats;

public sealed class BrokerSettingsTests
{
    [Theory]
    [InlineData("Nats:Url", "nats")]
    [InlineData("Nats:Url", "http://nats:4222")]
    [InlineData("Nats:Url", "nats://nats:4222,elsewhere")]
    [InlineData("Nats:Url", "nats://somebody:secret@nats:4222")]
    [InlineData("Nats:User", "somebody")]
    [InlineData("Nats:Monitoring", "nats:8222")]
    [InlineData("Nats:Monitoring", "nats://nats:8222")]
    public void Invalid_broker_settings_are_reported_in_a_sentence(string name, string value)
    {
        var failure = Assert.Throws<InvalidSettingException>(() => Read(("Nats:Url", "nats://nats:4222"), (name, value)));
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_a_cluster_and_its_monitoring_are_accepted()
    {
        var settings = Read(("Nats:Url", "nats://one:4222,tls://two:4222"), ("Nats:Monitoring", "http://one:8222"));
        Assert.Equal("nats://one:4222,tls://two:4222", settings.Url);
        Assert.Equal(new Uri("http://one:8222"), settings.Monitoring);
        Assert.Null(Read(("Nats:Url", "nats://one:4222")).Monitoring);
    }

    private static BrokerSettings Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var (name, value) in settings)
            configuration[name] = value;
        return new BrokerSettings(configuration);
    }
}
