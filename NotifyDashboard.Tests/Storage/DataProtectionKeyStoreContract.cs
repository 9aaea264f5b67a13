using System.Xml.Linq;
using NotifyDashboard.Storage;

namespace NotifyDashboard.Tests.Storage;

/// <summary>The contract of every store of data-protection keys, whatever its database.</summary>
public abstract class DataProtectionKeyStoreContract : StoreContract
{
    private protected override IReadOnlyList<Func<Task>> Uses => [() => Task.Run(() => Store("<key />")), () => Task.Run(Read)];

    [Fact]
    public void Keys_come_back_in_the_order_in_which_they_were_stored()
    {
        Assert.Empty(Read());
        string[] keys = [.. Enumerable.Range(1, 12).Select(i => $"<key id=\"{(i * 7) % 12}\" />")];
        foreach (var key in keys) Store(key);
        Assert.Equal(keys, Read());
    }

    [Fact]
    public void Key_of_the_same_name_stays_beside_the_first()
    {
        Store("<key>1</key>", "same");
        Store("<key>2</key>", "same");
        Assert.Equal(["<key>1</key>", "<key>2</key>"], Read());
    }

    [Theory]
    [InlineData("<key xmlns:p=\"urn:p\" p:a=\"'&quot;&amp;&lt;\">Zoë 🎉 &lt;&amp;<p:b>  kept  </p:b></key>")]
    [InlineData("<key><a>1</a><b /><c><![CDATA[<x>&]]></c><!-- d --></key>")]
    public void Any_key_comes_back_as_it_was(string xml)
    {
        Store(xml);
        Assert.True(XNode.DeepEquals(XElement.Parse(xml), XElement.Parse(Assert.Single(Read()))));
    }

    // As a new process would.
    private void Store(string xml, string name = "key") => new DataProtectionKeyStore(Database).StoreElement(XElement.Parse(xml), name);

    private string[] Read() => [.. new DataProtectionKeyStore(Database).GetAllElements().Select(element => element.ToString(SaveOptions.DisableFormatting))];
}
