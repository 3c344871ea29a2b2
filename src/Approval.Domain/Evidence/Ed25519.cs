using System.Numerics;
using System.Security.Cryptography;

namespace Approval.Evidence;

/// <summary>
/// Signatures by Ed25519 (RFC 8032 §5.1), which the framework does not have. Multiplying by the secret takes the same steps whatever its bits are;
/// the arithmetic on scalars is that of <see cref="BigInteger"/> and makes no such promise.
/// </summary>
public static class Ed25519
{
    /// <summary>The length of a secret key and of a public key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>The length of a signature, in bytes.</summary>
    public const int SignatureLength = 64;

    static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    static readonly Field D = Field.Of(-121665) * Field.Of(121666).Power(Prime - 2);
    static readonly Field D2 = D + D;
    static readonly Field RootOfMinusOne = Field.Of(2).Power((Prime - 1) / 4);
    static readonly Point Base = Decode(Convert.FromHexString("5866666666666666666666666666666666666666666666666666666666666666"))!.Value;

    /// <summary>The public key of a secret one.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> secret) => Encode(Base.Times(Expand(secret).Scalar));

    /// <summary>Signs a message.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> message)
    {
        var (scalar, prefix) = Expand(secret);
        var nonce = Reduce([.. prefix, .. message]);
        var r = Encode(Base.Times(Bytes(nonce)));
        var k = Reduce([.. r, .. PublicKey(secret), .. message]);
        return [.. r, .. Bytes((nonce + (k * Number(scalar))) % Order)];
    }

    /// <summary>Whether a signature is the key's for this message.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Length != KeyLength || signature.Length != SignatureLength || Decode(key) is not { } point) return false;
        var r = signature[..KeyLength];
        var s = signature[KeyLength..];
        if (Number(s) >= Order) return false;
        var k = Reduce([.. r, .. key, .. message]);
        return Encode(Base.Times(s.ToArray()) + point.Negated().Times(Bytes(k))).AsSpan().SequenceEqual(r);
    }

    static (byte[] Scalar, byte[] Prefix) Expand(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != KeyLength) throw new ArgumentException($"A secret key has {KeyLength} bytes.", nameof(secret));
        var hash = SHA512.HashData(secret);
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        return (hash[..KeyLength], hash[KeyLength..]);
    }

    static BigInteger Reduce(byte[] hashed) => Number(SHA512.HashData(hashed)) % Order;

    static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[KeyLength];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    static byte[] Encode(Point point)
    {
        var inverse = point.Z.Power(Prime - 2);
        var bytes = Bytes((point.Y * inverse).Value);
        if (!(point.X * inverse).Value.IsEven) bytes[31] |= 128;
        return bytes;
    }

    static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        var odd = (bytes[31] & 128) != 0;
        byte[] number = [.. bytes];
        number[31] &= 127;
        if (Number(number) >= Prime) return null;
        var y = Field.Of(Number(number));
        var (u, v) = ((y * y) - Field.Of(1), (D * y * y) + Field.Of(1));
        var v3 = v * v * v;
        var x = u * v3 * (u * v3 * v3 * v).Power((Prime - 5) / 8);
        var (square, wanted) = ((v * x * x).Value, u.Value);
        if (square != wanted)
        {
            if (!(square + wanted - Prime).IsZero) return null;
            x *= RootOfMinusOne;
        }

        if (x.Value.IsZero && odd) return null;
        if (x.Value.IsEven == odd) x = Field.Of(0) - x;
        return new(x, y, Field.Of(1), x * y);
    }

    /// <summary>A point of the curve in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z.</summary>
    readonly record struct Point(Field X, Field Y, Field Z, Field T)
    {
        static readonly Point Neutral = new(Field.Of(0), Field.Of(1), Field.Of(1), Field.Of(0));

        // Complete on this curve: it also doubles, and adds the neutral point.
        public static Point operator +(Point p, Point q)
        {
            var (a, b) = ((p.Y - p.X) * (q.Y - q.X), (p.Y + p.X) * (q.Y + q.X));
            var (c, d) = (p.T * D2 * q.T, (p.Z + p.Z) * q.Z);
            var (e, f, g, h) = (b - a, d - c, d + c, b + a);
            return new(e * f, g * h, f * g, e * h);
        }

        public Point Negated() => new(Field.Of(0) - X, Y, Z, Field.Of(0) - T);

        public Point Times(byte[] scalar)
        {
            var product = Neutral;
            for (var bit = 255; bit >= 0; bit--)
            {
                product += product;
                var more = product + this;
                var mask = 0UL - ((ulong)(scalar[bit / 8] >> (bit % 8)) & 1);
                product = new(
                    Field.Choose(mask, more.X, product.X), Field.Choose(mask, more.Y, product.Y), Field.Choose(mask, more.Z, product.Z), Field.Choose(mask, more.T, product.T));
            }

            return product;
        }
    }

    /// <summary>A number modulo 2^255 − 19 as five limbs of 51 bits and a little more.</summary>
    readonly record struct Field(ulong A, ulong B, ulong C, ulong D, ulong E)
    {
        const int Bits = 51;
        const ulong Mask = (1UL << Bits) - 1;

        public static Field Of(BigInteger number)
        {
            var n = ((number % Prime) + Prime) % Prime;
            return new((ulong)(n & Mask), (ulong)((n >> Bits) & Mask), (ulong)((n >> (2 * Bits)) & Mask), (ulong)((n >> (3 * Bits)) & Mask), (ulong)(n >> (4 * Bits)));
        }

        public BigInteger Value =>
            (A + ((BigInteger)B << Bits) + ((BigInteger)C << (2 * Bits)) + ((BigInteger)D << (3 * Bits)) + ((BigInteger)E << (4 * Bits))) % Prime;

        public static Field operator +(Field x, Field y) => Carried(x.A + y.A, x.B + y.B, x.C + y.C, x.D + y.D, x.E + y.E);

        // Sixteen times the prime is added, so that no limb falls below zero.
        public static Field operator -(Field x, Field y)
        {
            const ulong First = 16 * ((1UL << Bits) - 19), Other = 16 * Mask;
            return Carried(x.A + First - y.A, x.B + Other - y.B, x.C + Other - y.C, x.D + Other - y.D, x.E + Other - y.E);
        }

        public static Field operator *(Field x, Field y)
        {
            var (b, c, d, e) = (19 * y.B, 19 * y.C, 19 * y.D, 19 * y.E);
            var r0 = Big(x.A, y.A) + Big(x.B, e) + Big(x.C, d) + Big(x.D, c) + Big(x.E, b);
            var r1 = Big(x.A, y.B) + Big(x.B, y.A) + Big(x.C, e) + Big(x.D, d) + Big(x.E, c);
            var r2 = Big(x.A, y.C) + Big(x.B, y.B) + Big(x.C, y.A) + Big(x.D, e) + Big(x.E, d);
            var r3 = Big(x.A, y.D) + Big(x.B, y.C) + Big(x.C, y.B) + Big(x.D, y.A) + Big(x.E, e);
            var r4 = Big(x.A, y.E) + Big(x.B, y.D) + Big(x.C, y.C) + Big(x.D, y.B) + Big(x.E, y.A);
            r1 += r0 >> Bits;
            r2 += r1 >> Bits;
            r3 += r2 >> Bits;
            r4 += r3 >> Bits;
            var first = ((ulong)r0 & Mask) + (19 * (ulong)(r4 >> Bits));
            return new(first & Mask, ((ulong)r1 & Mask) + (first >> Bits), (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
        }

        /// <summary>One of two, by a mask of ones or zeros.</summary>
        public static Field Choose(ulong mask, Field yes, Field no) =>
            new((yes.A & mask) | (no.A & ~mask), (yes.B & mask) | (no.B & ~mask), (yes.C & mask) | (no.C & ~mask), (yes.D & mask) | (no.D & ~mask), (yes.E & mask) | (no.E & ~mask));

        /// <summary>To the power of a number that is no secret.</summary>
        public Field Power(BigInteger exponent)
        {
            var power = Of(1);
            for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
            {
                power *= power;
                if (!((exponent >> bit) & 1).IsZero) power *= this;
            }

            return power;
        }

        static Field Carried(ulong a, ulong b, ulong c, ulong d, ulong e)
        {
            b += a >> Bits;
            c += b >> Bits;
            d += c >> Bits;
            e += d >> Bits;
            return new((a & Mask) + (19 * (e >> Bits)), b & Mask, c & Mask, d & Mask, e & Mask);
        }

        static UInt128 Big(ulong x, ulong y) => Math.BigMul(x, y);
    }
}
