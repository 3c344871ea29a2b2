using System.Text;

namespace Approval.Evidence;

/// <summary>The hash functions give what their standards' examples give.</summary>
public sealed class LogHashTests
{
    [Theory]
    [InlineData("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")]
    [InlineData("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd", "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")]
    [InlineData("", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")]
    public void SM3_gives_the_examples_of_the_standard(string text, string hash) =>
        Convert.ToHexStringLower(LogHash.Sm3.Of(Encoding.ASCII.GetBytes(text))).ShouldBe(hash);

    // Computed with OpenSSL 3 over the bytes 0, 1, 2 …: the lengths around the end of a block.
    [Theory]
    [InlineData(55, "a79cf9dcee3404abf7f769698201647fd9d3ff61d629d0f58bb4b5579a427db8")]
    [InlineData(56, "62f7363b15f4de76dd925c493b9d6d00d4ba0ef2a1f334c1d0f13b293aeb40d1")]
    [InlineData(63, "6165e4cbb15cde01c6226e0015a47f710f8f8e1f2c296700033bb34d9212109c")]
    [InlineData(64, "93566f236d157aae078d1ddb5cebdbba1520b5142e22a8915564345ba2ae1d63")]
    [InlineData(65, "c886e6814be748285a10b28ae62ddacd85db830cd2cf3a2bfa2f729c15f63618")]
    [InlineData(119, "8f3ea392a89a7119982d6634660db1a95f35d68267a2235e3255998a857f4fbf")]
    [InlineData(120, "6babee35e6a1515af9d6255109c24f3c08897829422c6225d235fd4c8527e9ec")]
    [InlineData(200, "137c8be9a568df1f999ea75e042359e582990c708027d61f20489a368bf5ced5")]
    public void SM3_pads_messages_of_every_length(int length, string hash) =>
        Convert.ToHexStringLower(LogHash.Sm3.Of([.. Enumerable.Range(0, length).Select(i => (byte)i)])).ShouldBe(hash);

    [Fact]
    public void SHA_256_gives_the_example_of_the_standard() =>
        Convert.ToHexStringLower(LogHash.Sha256.Of("abc"u8)).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Theory]
    [InlineData("sha-256")]
    [InlineData("sm3")]
    public void A_hash_function_is_found_by_its_name(string name) => LogHash.Named(name)!.Name.ShouldBe(name);

    [Fact]
    public void There_is_no_other_hash_function() => LogHash.Named("md5").ShouldBeNull();
}
